#!/usr/bin/env bash
# obstore 0.12.1 against S3 (moto 5.2.5): where the bucket itself is missing, the class of the error is that of one missing object.
#
# `get`, `head`, `put` and `delete` raise FileNotFoundError, which for `get` and `head` is also the answer for an object that nobody has
# stored yet. The text of the error names the service's NoSuchBucket, but not that of `head`: an answer to HEAD has no body. Only `list`
# raises another class, and that is GenericError, which has no name for it either. Even a `put` fails with FileNotFoundError.
#
# Where it bites: a program that takes FileNotFoundError for "not stored yet" treats a mistyped bucket as an empty one. Ask with a list
# when the program starts, and again where a put says FileNotFoundError; a `head` can never tell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet obstore==0.12.1 'moto[s3,server]==5.2.5'
"$folder/env/bin/python" - <<'PY'
import logging
import urllib.request

import obstore
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
logging.getLogger("werkzeug").disabled = True
server.start()
host, port = server.get_host_and_port()
endpoint = f"http://{host}:{port}"


def store(bucket: str) -> S3Store:
    return S3Store(
        bucket,
        endpoint=endpoint,
        region="us-east-1",
        access_key_id="test",
        secret_access_key="test",
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )


def outcome(act) -> str:
    try:
        act()
    except Exception as trouble:  # whatever it is, its name is what is looked at
        told = "NoSuchBucket" in str(trouble)
        return type(trouble).__name__ + (", names NoSuchBucket" if told else "")
    return "no error"


urllib.request.urlopen(urllib.request.Request(f"{endpoint}/there", method="PUT")).close()
seen = {
    bucket: {
        "get": outcome(lambda: obstore.get(store(bucket), "one")),
        "head": outcome(lambda: obstore.head(store(bucket), "one")),
        "put": outcome(lambda: obstore.put(store(bucket), "two", b"2", mode="create", use_multipart=False)),
        "delete": outcome(lambda: obstore.delete(store(bucket), "one")),
        "list": outcome(lambda: obstore.list(store(bucket)).collect()),
    }
    for bucket in ("there", "missing")
}
server.stop()
print("obstore", obstore.__version__)
for act in seen["there"]:
    print(f"{act:7} bucket there: {seen['there'][act]:20} bucket missing: {seen['missing'][act]}")
absent, named = "FileNotFoundError", "FileNotFoundError, names NoSuchBucket"
assert seen["there"] == {"get": absent, "head": absent, "put": "no error", "delete": "no error", "list": "no error"}, "changed"
assert seen["missing"] == {
    "get": named,
    "head": absent,
    "put": named,
    "delete": named,
    "list": "GenericError, names NoSuchBucket",
}, "changed: a missing bucket can be told from a missing object by its class"
PY
