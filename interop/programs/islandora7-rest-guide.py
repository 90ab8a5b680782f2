"""Runs every block of the guide that islandora7-rest is published with, on a stage that each of them finds as it expects.

Arguments: the guide, REST address, user, token, a file to upload. Prints how many blocks it ran.
"""

import os
import re
import sys
import tempfile

import requests
from islandora7_rest import IslandoraClient

guide, rest_url, user, token, file = sys.argv[1:]
own = IslandoraClient(rest_url, user=user, token=token)
# What readers are meant to replace.
PLACEHOLDERS = {
    '"https://mysite/islandora/rest"': repr(rest_url),
    '"admin"': repr(user),
    '"auth_token"': repr(token),
    '"/path/to/bigFile.tif"': repr(file),
}
OBJECTS = ["islandora:2", "islandora:3", "islandora:5", "islandora:10", "islandora:21"]
COLLECTIONS = ["islandora:fancy_collection", "islandora:audio_collection"]
LOCAL = "http://customschema.my.edu#"


class Mods:
    def tostring(self):
        return "<mods xmlns='http://www.loc.gov/mods/v3'/>"


def is_there(call, *args):
    try:
        call(*args)
        return True
    except requests.HTTPError as error:
        assert error.response.status_code == 404, error.response.text
        return False


def prepare(block):
    for pid in COLLECTIONS:
        if not is_there(own.get_object, pid):
            own.create_object(pid=pid, label=pid)
            own.add_content_model(pid, "islandora:collectionCModel")
    for pid in OBJECTS:
        if not is_there(own.get_object, pid):
            own.create_object(pid=pid, label=pid)
        wanted = {"OBJ", "MODS", "TN", "JPG"}
        if "create_datastream" in block and pid == "islandora:21":
            wanted -= {"OBJ", "MODS"}
        for dsid in ("OBJ", "MODS", "TN", "JPG"):
            there = is_there(own.get_datastream_info, pid, dsid)
            if there and dsid not in wanted:
                own.delete_datastream(pid, dsid)
            if dsid in wanted and not there:
                own.create_datastream(pid, dsid, string="<some>{}</some>".format(dsid))
    own.add_collection_membership("islandora:21", "islandora:audio_collection")
    if "remove_relationship" in block:
        for pid in ("islandora:2", "islandora:3"):
            own.add_relationship(pid, ns=LOCAL, predicate="localCallNumber", object="ZZ9 Plural Z Alpha", type="none")


def values(pid, predicate):
    every = own.get_relationships(pid)
    return [(each["object"]["value"], each["object"]["literal"]) for each in every if each["predicate"]["value"] == predicate]


def check(block, names):
    """What the guide says that its block does."""
    if "update_object" in block:
        changed = own.get_object("islandora:21")
        assert changed["label"] == "New Object Label" and changed["state"] == "A", changed
    if "delete_object" in block:
        assert not is_there(own.get_object, "islandora:21")
    if "Specified PID" in block:
        assert own.get_object("islandora:70")["label"] == "Specified PID"
        assert names["new_object"]["pid"].startswith("islandora:"), names["new_object"]
    if "facet_fields" in block:
        facets = names["result"]["facet_counts"]["facet_fields"]
        assert facets["fedora_datastreams_ms"]["JPG"] == len(OBJECTS), facets
    if "create_datastream" in block:
        assert own.get_datastream("islandora:21", "MODS") == Mods().tostring().encode()
        assert own.get_datastream_info("islandora:21", "OBJ")["size"] == os.path.getsize(file)
    if "fileHandle" in block:
        with open(names["output_filename"], "rb") as written:
            assert written.read() == own.get_datastream("islandora:21", "OBJ")
    if "update_datastream" in block:
        info = own.get_datastream_info("islandora:10", "OBJ")
        assert info["state"] == "A" and info["versionable"] is False, info
    if "delete_datastream" in block:
        assert not is_there(own.get_datastream_info, "islandora:21", "TN")
    if "add_relationship" in block:
        assert values("islandora:10", "isPageOf") == [("islandora:5", False)], own.get_relationships("islandora:10")
        assert ("ZZ9 Plural Z Alpha", True) in values("islandora:3", "localCallNumber")
    if "remove_relationship" in block:
        assert values("islandora:2", "localCallNumber") == values("islandora:3", "localCallNumber") == []
    if "add_content_model" in block:
        assert values("islandora:21", "hasModel") == [("islandora:sp_basic_image", False)]
    if "add_collection_membership" in block:
        assert values("islandora:21", "isMemberOfCollection") == [("islandora:fancy_collection", False)]


with open(guide) as text:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text.read(), re.DOTALL | re.MULTILINE)
with tempfile.TemporaryDirectory() as directory:
    names = {"my_mods_etree": Mods(), "output_filename": os.path.join(directory, "output")}
    ran = 0
    for language, block in blocks:
        if language == "bash":
            continue
        for placeholder, value in PLACEHOLDERS.items():
            block = block.replace(placeholder, value)
        prepare(block)
        exec(compile(block, "guide of islandora7-rest", "exec"), names)
        check(block, names)
        ran += 1
for pid in OBJECTS + ["islandora:70", names["new_object"]["pid"]]:
    own.delete_object(pid)
print(ran)
