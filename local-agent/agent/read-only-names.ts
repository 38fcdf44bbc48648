/**
 * Variables a task cannot set while `agent.readOnlyVariables` is true, in lower case (CORE/Constants.cs,
 * ReadOnlyVariables). The check uses the bare name.
 */
export const READ_ONLY_NAMES: ReadonlySet<string> = new Set(
  `agent.acceptteeeula agent.builddirectory agent.cloudid agent.containerid agent.containermapping
  agent.containernetwork agent.diagnostic agent.gituseschannel agent.homedirectory agent.id agent.isselfhosted
  agent.jobname agent.jobstatus agent.machinename agent.name agent.os agent.osarchitecture agent.osversion
  agent.proxybypasslist agent.proxypassword agent.proxyurl agent.proxyusername agent.readonlyvariables
  agent.retaindefaultencoding agent.rootdirectory agent.runmode agent.serveromdirectory agent.services agent.cainfo
  agent.clientcert agent.clientcertarchive agent.clientcertkey agent.clientcertpassword agent.skipcertvalidation
  agent.tempdirectory agent.toolsdirectory agent.version agent.workfolder agent.workingdirectory
  build.artifactstagingdirectory build.binariesdirectory build.clean build.definitionname build.gated.runci
  build.gated.shelvesetname build.buildnumber build.repository.clean build.repository.git.submodulecheckout
  build.repository.id build.repository.localpath build.repository.name build.repository.provider
  build.repository.tfvc.workspace build.repository.uri build.sourcebranch build.sourcetfvcshelveset
  build.sourceversion build.sourceversionmessage build.sourcesdirectory build.stagingdirectory build.syncsources
  build.useserverworkspaces common.testresultsdirectory agent.clean.builddirectory agent.source.git.lfs
  agent.source.git.shallowfetchdepth agent.source.skip pipeline.workspace agent.releasedirectory
  system.artifactsdirectory release.attemptnumber release.disablerobocopy release.definitionid
  release.definitionname release.releasedescription release.artifact.download.buffersize release.environmentname
  release.environmenturi release.releaseid release.releasename release.artifact.download.parallellimit
  release.requestedforid release.releaseuri release.releaseweburl release.requestedfor release.robocopymt
  release.skipartifactsdownload system.accesstoken system.collectionid system.culture system.debug
  system.defaultworkingdirectory system.definitionid system.definitionname system.enableaccesstoken system.hosttype
  system.jobattempt system.jobdisplayname system.jobid system.jobname system.phaseattempt system.phasedisplayname
  system.phasename system.planid system.prefergitfrompath system.pullrequest.targetbranchname
  system.selfmanagegitcreds system.servertype system.sourceversionmessage system.stageattempt
  system.stagedisplayname system.stagename system.teamfoundationserveruri system.teamproject system.teamprojectid
  system.workfolder task.displayname task.skiptranslatorforcheckout`.split(/\s+/),
);
