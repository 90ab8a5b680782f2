"""Goes the way of a Pele user with requests: registers, verifies, writes .netrc, logs in by it, calls, and logs in again
when the token has ended.

Arguments: base URL, folder of the kept mail, whether to wait for the end of the token. HOME is a folder of its own.
"""

import json
import os
import stat
import sys
import time
from pathlib import Path
from urllib.parse import urlparse

import requests

base_url, mail_folder, waits = sys.argv[1:]
email, password = "koa@test.com", "a long enough passphrase"
session = requests.session()


def login(**how):
    answer = session.post(base_url + "/login", **how)
    if answer.status_code == 429:
        time.sleep(float(answer.headers["Retry-After"]))
        answer = session.post(base_url + "/login", **how)
    return answer


def code_of_newest_mail():
    for _ in range(100):
        kept = sorted(Path(mail_folder).glob("*.json"))
        if kept:
            return json.loads(kept[-1].read_text())["text"].split("\n\n")[1].strip()
        time.sleep(0.1)
    raise AssertionError("no mail came")


def echo(token):
    return session.get(base_url + "/test/echo", params={"echo_str": "hello world"}, headers={"X-API-KEY": token})


refused = login(auth=(email, password))
assert (refused.status_code, refused.text) == (401, "Unauthorized Access"), refused.text
registered = session.post(base_url + "/register", data={"email": email, "password": password})
assert registered.status_code == 201 and registered.json()["success"] is True, registered.text
verified = session.post(
    base_url + "/verify", data={"email": email, "verification_code": code_of_newest_mail()}
)
assert verified.status_code == 200, verified.text

netrc = Path.home() / ".netrc"
with netrc.open("a") as file:
    file.write(f'machine {urlparse(base_url).netloc} login {email} password "{password}"\nmacdef init\n\n')
os.chmod(netrc, stat.S_IRUSR | stat.S_IWUSR)

# requests finds the account by itself from here on.
token = login().json()["token"]
assert echo(token).json() == {"success": True, "message": "hello world"}
assert echo("nothing").status_code == 401

time.sleep(1)
statuses = [echo(token).status_code for _ in range(20)]
assert statuses.count(200) >= 10 and set(statuses) <= {200, 429}, statuses
time.sleep(1)

if waits == "True":
    time.sleep(3)
    ended = echo(token)
    assert ended.status_code == 401, ended.text
    assert ended.json()["message"] == "Expired token. Reauthentication required.", ended.text
    assert echo(login().json()["token"]).status_code == 200

print(statuses.count(429))
