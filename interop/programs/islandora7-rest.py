"""Uses every call of islandora7-rest but the searches: objects, datastreams, relationships.

Arguments: REST address, user, token, collection, file to upload. Prints the pid of the object that it leaves.
"""

import os
import sys

import requests
from islandora7_rest import IslandoraClient

rest_url, user, token, collection, path = sys.argv[1:]
client = IslandoraClient(rest_url, user=user, token=token)
HAS_MODEL = {"predicate": "hasModel", "uri": "info:fedora/fedora-system:def/model#"}
IS_MEMBER = {"predicate": "isMemberOfCollection", "uri": "info:fedora/fedora-system:def/relations-external#"}


def objects_of(pid, **predicate):
    return [relationship["object"]["value"] for relationship in client.get_relationships(pid, **predicate)]


def status_of(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except requests.HTTPError as error:
        return error.response.status_code
    return None


# As in the published samples: an object, its content model, a file.
made = client.create_object(label="Sample Article 01", namespace="samples")
pid = made["pid"]
assert pid.startswith("samples:") and made["label"] == "Sample Article 01" and made["state"] == "A", made
client.add_content_model(pid, "islandora:sp_pdf")
client.add_content_model(pid, "islandora:sp_pdf")
assert client.get_object(pid)["models"] == ["islandora:sp_pdf"]
stream = client.create_datastream(
    pid,
    dsid="PDF",
    file=path,
    label="Sample Content Datastream",
    state="A",
    mimeType="application/pdf",
    versionable=False,
)
assert stream == client.get_datastream_info(pid, "PDF"), stream
assert stream["size"] == os.path.getsize(path) and stream["mimeType"] == "application/pdf", stream
assert stream["versionable"] is False and stream["checksumType"] == "MD5", stream

# Content in blocks and as a whole, from a file and from a string.
with open(path, "rb") as file:
    content = file.read()
assert b"".join(client.get_datastream(pid, "PDF", streaming=True)) == content
assert client.get_datastream(pid, "PDF") == content
client.create_datastream(pid, "MODS", string="<mods>one</mods>", label="MODS Record")
client.update_datastream(pid, "MODS", string="<mods>two</mods>")
client.update_datastream(pid, "MODS", label="Described")
mods = client.get_datastream_info(pid, "MODS")
assert mods["label"] == "Described" and mods["mimeType"] == "application/xml", mods
former = mods["versions"][-1]["created"]
assert client.get_datastream(pid, "MODS", version=former) == b"<mods>one</mods>", mods
assert client.get_datastream(pid, "MODS") == b"<mods>two</mods>"
client.create_datastream(pid, "TN", string="thumbnail", mimeType="image/png")
client.delete_datastream(pid, "TN")
assert status_of(client.get_datastream_info, pid, "TN") == 404
dsids = {each["dsid"] for each in client.get_object(pid)["datastreams"]}
assert {"PDF", "MODS"} <= dsids and "TN" not in dsids, dsids

# Relationships, by the calls that know their predicates and by the plain ones.
client.add_content_model(pid, "islandora:sp_document", exclusive=True)
assert objects_of(pid, **HAS_MODEL) == ["islandora:sp_document"]
client.add_collection_membership(pid, collection)
client.add_collection_membership(pid, collection)
assert objects_of(pid, **IS_MEMBER) == [collection]
client.remove_collection_membership(pid, collection)
assert objects_of(pid, **IS_MEMBER) == []
client.add_relationship(pid, ns=IS_MEMBER["uri"], predicate=IS_MEMBER["predicate"], object=collection)
client.remove_relationship(pid, "isMemberOfCollection", object=collection, ns=IS_MEMBER["uri"])
client.add_collection_membership(pid, collection)

# Any other relationship: texts by their type, predicates without their namespace.
ISLANDORA = "http://islandora.ca/ontology/relsext#"
client.add_relationship(pid, ns=ISLANDORA, predicate="isPageNumber", object="7", type="int")
client.add_relationship(pid, ns=ISLANDORA, predicate="isPageOf", object=collection)
assert status_of(client.add_relationship, pid, ISLANDORA, "isPageNumber", "seven", type="int") == 400
assert objects_of(pid, uri=ISLANDORA) == ["7", collection]
client.remove_relationship(pid, "isPageNumber", literal=True)
assert objects_of(pid, uri=ISLANDORA) == [collection]
client.remove_relationship(pid, "isPageOf")
assert objects_of(pid, uri=ISLANDORA) == []

# DC is a datastream like others.
dublin_core = client.get_datastream(pid, "DC").decode()
client.update_datastream(pid, "DC", string=dublin_core.replace(">Sample Article 01<", ">Sample Article 01, put<"))
assert client.get_object(pid)["label"] == "Sample Article 01, put"

# An object becomes a collection by its model.
album = client.create_object(label="Album", namespace="samples")["pid"]
client.add_content_model(album, "islandora:collectionCModel")
page = client.create_object(label="Page", namespace="samples")["pid"]
client.add_collection_membership(page, album)
assert objects_of(page, **IS_MEMBER) == [album]
assert objects_of(album, **IS_MEMBER) == ["islandora:root"]

# What has no call of its own goes through the session; a slash at the end of an address means nothing.
mods_path = "object/{}/datastream/MODS".format(pid)
once = client.get(mods_path + "/token", params={"uses": 1}).json()["token"]
visitor = IslandoraClient(rest_url)
assert visitor.get(mods_path, params={"token": once}).content == b"<mods>two</mods>"
assert visitor.get(mods_path, params={"token": once}).status_code == 401
assert client.get("object/{}/".format(pid)).json()["pid"] == pid
slashed = client.post("object/{}/datastream/".format(pid), data={"dsid": "SLASH"}, files={"file": ("a.txt", "a")})
assert slashed.status_code == 201, slashed.text
client.delete("object/{}/datastream/SLASH/".format(pid)).raise_for_status()

# What changes, and what is not there.
changed = client.update_object(pid, label="Sample Article 01, revised", state="I")
assert changed["label"] == "Sample Article 01, revised" and changed["state"] == "I", changed
client.update_object(pid, state="A")
other = client.create_object(pid=pid + "-copy", label="Specified PID")
assert other["pid"] == pid + "-copy", other
assert status_of(client.create_object, pid=other["pid"]) == 409
client.delete_object(other["pid"])
assert status_of(client.get_object, other["pid"]) == 404
assert status_of(IslandoraClient(rest_url, user=user, token="wrong").get_object, pid) == 401

print(pid)
