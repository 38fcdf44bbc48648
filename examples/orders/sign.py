"""Writes release.json: what is in the image, signed with the key given as a build secret."""

import hashlib
import hmac
import json
import sys
from pathlib import Path

KEY = Path("/run/secrets/signing_key")


def main(source, target):
    key = KEY.read_bytes().strip()
    if not key:
        sys.exit("sign.py: the build secret signing_key is empty")
    files = {
        str(path.relative_to(source)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(source).rglob("*.py"))
    }
    listing = json.dumps(files, sort_keys=True).encode()
    signature = hmac.new(key, listing, hashlib.sha256).hexdigest()
    Path(target).write_text(json.dumps({"files": files, "signature": signature}), encoding="utf-8")


main(*sys.argv[1:])
