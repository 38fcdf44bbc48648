##vso[task.debug]system.debug=undefined
##vso[task.debug]DistributedTask.Tasks.Node.SkipDebugLogsWhenDebugModeOff=undefined
##vso[task.debug]agent.TempDirectory=/tmp/pm/bb-HRXu38/temp-yXWCt1
##vso[task.debug]loading inputs and endpoints
##vso[task.debug]loading INPUT_SECRETS
##vso[task.debug]loading INPUT_TAGS
##vso[task.debug]loading INPUT_REPOSITORY
##vso[task.debug]loaded 3
##vso[task.debug]Agent.ProxyUrl=undefined
##vso[task.debug]Agent.CAInfo=undefined
##vso[task.debug]Agent.ClientCert=undefined
##vso[task.debug]Agent.SkipCertValidation=undefined
##vso[task.debug]Agent.TempDirectory=/tmp/pm/bb-HRXu38/temp-yXWCt1
##vso[task.debug]repository=localhost:35069/task
##vso[task.debug]tags=1
##vso[task.debug]flavor=undefined
##vso[task.debug]labels=undefined
##vso[task.debug]annotations=undefined
##vso[task.debug]addPipelineData=undefined
##vso[task.debug]pullRequestCommit=undefined
##vso[task.debug]registries=undefined
##vso[task.debug]platforms=undefined
##vso[task.debug]push=undefined
##vso[task.debug]context=undefined
##vso[task.debug]dockerfile=undefined
##vso[task.debug]dockerfileInline=undefined
##vso[task.debug]target=undefined
##vso[task.debug]buildArgs=undefined
##vso[task.debug]buildContexts=undefined
##vso[task.debug]bakeFile=undefined
##vso[task.debug]bakeTargets=undefined
##vso[task.debug]bakeSet=undefined
##vso[task.debug]pull=undefined
##vso[task.debug]noCache=undefined
##vso[task.debug]noCacheStages=undefined
##vso[task.debug]secrets=signing_key=env:SIGNING_KEY
##vso[task.debug]ssh=undefined
##vso[task.debug]cacheRepository=undefined
##vso[task.debug]cacheExport=undefined
##vso[task.debug]cacheMode=undefined
##vso[task.debug]cacheScope=undefined
##vso[task.debug]cacheFrom=undefined
##vso[task.debug]cacheTo=undefined
##vso[task.debug]cacheMounts=undefined
##vso[task.debug]cacheMountImage=undefined
##vso[task.debug]defaultBranch=undefined
##vso[task.debug]contextTimes=undefined
##vso[task.debug]strategy=undefined
##vso[task.debug]provenance=undefined
##vso[task.debug]sbom=undefined
##vso[task.debug]attestationFormat=undefined
##vso[task.debug]reproducible=undefined
##vso[task.debug]compression=undefined
##vso[task.debug]maxImageSize=undefined
##vso[task.debug]load=undefined
##vso[task.debug]ociLayout=undefined
##vso[task.debug]tarFile=undefined
##vso[task.debug]localFolder=undefined
##vso[task.debug]outputs=undefined
##vso[task.debug]network=undefined
##vso[task.debug]addHosts=undefined
##vso[task.debug]shmSize=undefined
##vso[task.debug]ulimits=undefined
##vso[task.debug]allow=undefined
##vso[task.debug]retries=undefined
##vso[task.debug]stallTimeout=undefined
##vso[task.debug]builder=undefined
##vso[task.debug]lint=undefined
##vso[task.debug]report=undefined
##vso[task.debug]buildRecord=undefined
##vso[task.debug]dryRun=undefined
##vso[task.debug]inputs read
##vso[task.debug]Build.SourcesDirectory=/tmp/pm/bb-HRXu38/five
##vso[task.debug]Build.Repository.LocalPath=undefined
##vso[task.debug]System.DefaultWorkingDirectory=/tmp/pm/bb-HRXu38/temp-yXWCt1
##vso[task.debug]System.ArtifactsDirectory=undefined
##vso[task.debug]System.CollectionUri=undefined
##vso[task.debug]System.TeamFoundationCollectionUri=undefined
##vso[task.debug]System.TeamProjectId=undefined
##vso[task.debug]System.TeamProject=undefined
##vso[task.debug]System.DefinitionId=undefined
##vso[task.debug]Release.DefinitionId=undefined
##vso[task.debug]Release.ReleaseId=undefined
##vso[task.debug]Build.BuildId=undefined
##vso[task.debug]System.JobId=undefined
##vso[task.debug]System.JobAttempt=undefined
##vso[task.debug]Release.AttemptNumber=undefined
##vso[task.debug]System.TaskInstanceId=undefined
##vso[task.debug]BUILDX_BUILDER=daemonless-none-none-d1cde36e0b5c
##vso[task.debug]System.PullRequest.TargetBranch=undefined
##vso[task.debug]System.PullRequest.SourceRepositoryURI=undefined
##vso[task.debug]System.PullRequest.IsFork=undefined
##vso[task.debug]System.CollectionUri=undefined
##vso[task.debug]System.TeamProject=undefined
##vso[task.debug]Build.Repository.Name=bench
##vso[task.debug]Build.SourceBranch=refs/heads/main
##vso[task.debug]Agent.OSArchitecture=undefined
##vso[task.debug]Release.ReleaseWebURL=undefined
##vso[task.debug]System.CollectionUri=undefined
##vso[task.debug]System.TeamProject=undefined
##vso[task.debug]Build.BuildId=undefined
##vso[task.debug]System.PullRequest.TargetBranch=undefined
##vso[task.debug]Build.Reason=undefined
##vso[task.debug]Release.Reason=undefined
##vso[task.debug]Build.SourceBranch=refs/heads/main
##vso[task.debug]Build.SourceVersion=undefined
##vso[task.debug]DOCKER_METADATA_SHORT_SHA_LENGTH=undefined
##vso[task.debug]Build.Repository.Name=bench
##vso[task.debug]Build.Repository.Uri=undefined
##vso[task.debug]System.TeamFoundationCollectionUri=undefined
##vso[task.debug]Pipeline.Workspace=undefined
##vso[task.debug]Agent.BuildDirectory=undefined
##vso[task.debug]System.CollectionUri=undefined
##vso[task.debug]System.TeamFoundationCollectionUri=undefined
##vso[task.debug]System.TeamProjectId=undefined
##vso[task.debug]System.TeamProject=undefined
##vso[task.debug]System.DefinitionId=undefined
##vso[task.debug]Release.DefinitionId=undefined
##vso[task.debug]Release.ReleaseId=undefined
##vso[task.debug]Build.BuildId=undefined
##vso[task.debug]System.JobId=undefined
##vso[task.debug]System.JobAttempt=undefined
##vso[task.debug]Release.AttemptNumber=undefined
##vso[task.debug]System.TaskInstanceId=undefined
##vso[task.debug]Agent.Version=4.265.1
##vso[task.debug]Detected Agent.Version=4.265.1
##vso[task.debug]set task variable: daemonlessRecord=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258.json
##vso[task.settaskvariable variable=daemonlessRecord;issecret=false;]/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258.json
##vso[task.debug]BUILDX_CONFIG=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/buildx-none-none-d1cde36e0b5c
##vso[task.debug]DOCKER_CONFIG=undefined
##vso[task.debug]HOME=/root
##vso[task.debug]System.CollectionUri=undefined
##vso[task.debug]System.TeamFoundationCollectionUri=undefined
##vso[task.debug]System.TeamProject=undefined
##vso[task.debug]Agent.CAInfo=undefined
##vso[task.debug]Agent.ClientCert=undefined
##vso[task.debug]Agent.ProxyUrl=undefined
##vso[task.debug]Agent.SkipCertValidation=undefined
##vso[task.debug]Agent.CAInfo=undefined
##vso[task.debug]Agent.ClientCert=undefined
##vso[task.debug]Agent.ProxyUrl=undefined
##vso[task.debug]Agent.SkipCertValidation=undefined
##vso[task.debug]Build.SourcesDirectory=/tmp/pm/bb-HRXu38/five
##[group]Plan
Image       localhost:35069/task:1
Platforms   linux/amd64 (native)
Builder     daemonless-none-none-d1cde36e0b5c (tcp://127.0.0.1:38939, BuildKit 0.32.2)
Context     /tmp/pm/bb-HRXu38/five
Dockerfile  /tmp/pm/bb-HRXu38/five/Dockerfile
Secret      signing_key from env:SIGNING_KEY
Context: 2 files, 11.0 kB; the daemon is sent those that have changed since the last build.
##[endgroup]
##vso[task.debug]BUILDX_CONFIG=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/buildx-none-none-d1cde36e0b5c
##[group]Build
BUILDX_CONFIG=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/buildx-none-none-d1cde36e0b5c DAEMONLESS_11C3294BE258_0=<env:SIGNING_KEY> buildx build --builder daemonless-none-none-d1cde36e0b5c --progress=rawjson --metadata-file /tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/metadata.json --file /tmp/pm/bb-HRXu38/five/Dockerfile --build-arg BUILDKIT_CACHE_MOUNT_NS=x-e3b0c442/bench-4e51ee97/trusted --secret id=signing_key,env=DAEMONLESS_11C3294BE258_0 --provenance=mode=min --sbom=false --label org.opencontainers.image.title=bench --label org.opencontainers.image.version=1 --label org.opencontainers.image.created=2026-11-26T02:27:15.740Z --annotation manifest,index:org.opencontainers.image.title=bench --annotation manifest,index:org.opencontainers.image.version=1 --annotation manifest,index:org.opencontainers.image.created=2026-11-26T02:27:15.740Z --tag localhost:35069/task:1 --output type=image,push=true,unpack=false /tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/private/context/five-6b7c5955
#2 [internal] load metadata for docker.io/library/busybox:1
#4 [e 1/4] FROM docker.io/library/busybox:1@sha256:38897befde20…
#5 [internal] load build context
##vso[task.setprogress value=5;]Building
#6 [e 2/4] COPY input /input CACHED
#7 [a 3/4] RUN echo "0 a" && sleep 2 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /a CACHED
#8 [a 4/4] RUN cat /input /a > /out && sleep 1 CACHED
#9 [stage-5 2/6] COPY --from=a /out /a CACHED
#10 [b 3/4] RUN echo "0 b" && sleep 2 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /b CACHED
#11 [b 4/4] RUN cat /input /b > /out && sleep 1 CACHED
#12 [stage-5 3/6] COPY --from=b /out /b CACHED
#13 [c 3/4] RUN echo "0 c" && sleep 2 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /c CACHED
#14 [c 4/4] RUN cat /input /c > /out && sleep 1 CACHED
#15 [stage-5 4/6] COPY --from=c /out /c CACHED
#16 [d 3/4] RUN echo "0 d" && sleep 2 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /d CACHED
#17 [d 4/4] RUN cat /input /d > /out && sleep 1 CACHED
#18 [stage-5 5/6] COPY --from=d /out /d CACHED
#19 [e 3/4] RUN echo "0 e" && sleep 2 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /e CACHED
#20 [e 4/4] RUN cat /input /e > /out && sleep 1 CACHED
#21 [stage-5 6/6] COPY --from=e /out /e CACHED
##vso[task.setprogress value=90;]Building
#22 exporting to image
#22 pushing manifest for localhost:35069/task:1@sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c 0.0 s
##[endgroup]
##vso[task.debug]set cacheShare=100
##vso[task.setvariable variable=cacheShare;isOutput=true;issecret=false;]100
##vso[task.debug]set seconds=0.1
##vso[task.setvariable variable=seconds;isOutput=true;issecret=false;]0.1
##vso[task.debug]set replica=127.0.0.1:38939
##vso[task.setvariable variable=replica;isOutput=true;issecret=false;]127.0.0.1:38939
##vso[task.debug]set metadata=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/metadata.json
##vso[task.setvariable variable=metadata;isOutput=true;issecret=false;]/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/metadata.json
##vso[task.debug]set digest=sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c
##vso[task.setvariable variable=digest;isOutput=true;issecret=false;]sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c
##vso[task.debug]set imageRef=localhost:35069/task@sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c
##vso[task.setvariable variable=imageRef;isOutput=true;issecret=false;]localhost:35069/task@sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c
##vso[task.debug]set imageName=localhost:35069/task
##vso[task.setvariable variable=imageName;isOutput=true;issecret=false;]localhost:35069/task
##vso[task.debug]set version=1
##vso[task.setvariable variable=version;isOutput=true;issecret=false;]1
##vso[task.debug]set tags=localhost:35069/task:1
##vso[task.setvariable variable=tags;isOutput=true;issecret=false;]localhost:35069/task:1
##vso[task.debug]set historyRef=daemonless-none-none-d1cde36e0b5c/daemonless-none-none-d1cde36e0b5c-0/k4zrlfk7ehuxfqu1kfitrzad1
##vso[task.setvariable variable=historyRef;isOutput=true;issecret=false;]daemonless-none-none-d1cde36e0b5c/daemonless-none-none-d1cde36e0b5c-0/k4zrlfk7ehuxfqu1kfitrzad1
##vso[task.debug]DOCKER_CONFIG=undefined
##vso[task.debug]HOME=/root
##vso[task.debug]set digests={"linux/amd64":"sha256:43ff88231283e6c86eceda316a83813e5cd1ef68784b230c3108504b110cdee6"}
##vso[task.setvariable variable=digests;isOutput=true;issecret=false;]{"linux/amd64":"sha256:43ff88231283e6c86eceda316a83813e5cd1ef68784b230c3108504b110cdee6"}
##vso[task.debug]set sizes={"linux/amd64":1123434}
##vso[task.setvariable variable=sizes;isOutput=true;issecret=false;]{"linux/amd64":1123434}
##vso[task.debug]set size=1123434
##vso[task.setvariable variable=size;isOutput=true;issecret=false;]1123434
Step         Instruction                                                   Time
e 2/4        COPY input /input                                             cached
a 3/4        RUN echo "0 a" && sleep 2 && dd if=/dev/zero bs=1M count=10…  cached
a 4/4        RUN cat /input /a > /out && sleep 1                           cached
stage-5 2/6  COPY --from=a /out /a                                         cached
b 3/4        RUN echo "0 b" && sleep 2 && dd if=/dev/zero bs=1M count=10…  cached
b 4/4        RUN cat /input /b > /out && sleep 1                           cached
stage-5 3/6  COPY --from=b /out /b                                         cached
c 3/4        RUN echo "0 c" && sleep 2 && dd if=/dev/zero bs=1M count=10…  cached
c 4/4        RUN cat /input /c > /out && sleep 1                           cached
stage-5 4/6  COPY --from=c /out /c                                         cached
d 3/4        RUN echo "0 d" && sleep 2 && dd if=/dev/zero bs=1M count=10…  cached
d 4/4        RUN cat /input /d > /out && sleep 1                           cached
stage-5 5/6  COPY --from=d /out /d                                         cached
e 3/4        RUN echo "0 e" && sleep 2 && dd if=/dev/zero bs=1M count=10…  cached
e 4/4        RUN cat /input /e > /out && sleep 1                           cached
stage-5 6/6  COPY --from=e /out /e                                         cached
User steps cached: 16 of 16 (100 %)
##vso[task.debug]Build.SourcesDirectory=/tmp/pm/bb-HRXu38/five
##vso[task.debug]Build.SourcesDirectory=/tmp/pm/bb-HRXu38/five
##vso[task.addattachment type=daemonless.report;name=build-82de5574;]/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/report.json
##vso[task.uploadsummary]/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/Image build none-none-11c3294be258.md
##vso[task.debug]set report=/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/report.json
##vso[task.setvariable variable=report;isOutput=true;issecret=false;]/tmp/pm/bb-HRXu38/temp-yXWCt1/daemonless/build-none-none-11c3294be258/report.json
Built and pushed in 0.1 s:
  localhost:35069/task:1
  digest       sha256:a9239e4c2b6c0a4f134b68bbc0141db126c11053e54202e38193aed9656a270c
  linux/amd64  sha256:43ff88231283e6c86eceda316a83813e5cd1ef68784b230c3108504b110cdee6  1.1 MB
##vso[task.debug]task result: Succeeded
##vso[task.complete result=Succeeded;]
