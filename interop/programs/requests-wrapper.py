"""Uses dspace-requests-wrapper: a plain request, a chunked upload, pages, and renewal of its token.

Arguments: server address, e-mail address, password, bundle, file to upload. Prints the new bitstream's document.
"""

import json
import os
import sys
import time

import dspace_requests_wrapper
from requests_toolbelt.multipart import encoder

endpoint, username, password, bundle, path = sys.argv[1:]
session = dspace_requests_wrapper.DSpaceSession(endpoint, username, password)

info = session.get("/actuator/info")
info.raise_for_status()
assert "app" in info.json(), info.text

with open(path, "rb") as file:
    fields = {"file": (os.path.basename(path), file, "application/octet-stream")}
    body = encoder.MultipartEncoder(fields)
    sent = []
    monitor = encoder.MultipartEncoderMonitor(body, lambda state: sent.append(state.bytes_read))

    def chunks():
        chunk = monitor.read(16384)
        while chunk:
            yield chunk
            chunk = monitor.read(16384)

    upload = session.post(
        f"/api/core/bundles/{bundle}/bitstreams", data=chunks(), headers={"Content-Type": monitor.content_type}
    )
upload.raise_for_status()
assert "Content-Length" not in upload.request.headers
assert sent[-1] > os.path.getsize(path)

# Any list will do: along the links that the server gives, whatever host they name.
count, url = 0, "/api/core/metadatafields?size=50"
while url:
    page = session.get(url)
    page.raise_for_status()
    document = page.json()
    count += len(document["_embedded"]["metadatafields"])
    url = document["_links"].get("next", {}).get("href")
assert count == document["page"]["totalElements"] > 100, count

# Tokens tell time in seconds.
time.sleep(1.1)
old, session.expiry = session.headers["Authorization"], time.time() + 60
status = session.get("/api/authn/status").json()
assert status["authenticated"] is True, status
assert session.headers["Authorization"] != old, "the token was not renewed"
assert session.expiry > time.time() + dspace_requests_wrapper.TOKEN_EXPIRY_BUFFER_SECONDS
made = session.post("/api/core/communities", json={"metadata": {"dc.title": [{"value": "Made after renewal"}]}})
assert made.status_code == 201, made.text

print(json.dumps({"bitstream": upload.json(), "fields": count}))
