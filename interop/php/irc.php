<?php
// Uses every call of irc, the Islandora REST client for PHP, as its guide does.
//
// Arguments: a checkout of irc, Guzzle's autoload.php, REST address, user, token, collection, two files to upload.
// Prints the pid of the object that it leaves, and how many calls it made.

declare(strict_types=1);

use mjordan\Irc\Datastream;
use mjordan\Irc\IslandoraObject;
use mjordan\Irc\IslandoraRestClientException;
use mjordan\Irc\Relationship;
use mjordan\Irc\Solr;

error_reporting(E_ALL & ~E_DEPRECATED);
[, $checkout, $guzzle, $address, $user, $token, $collection, $first, $second] = $argv;
require $guzzle;
// Composer's class map, in a line.
spl_autoload_register(fn ($name) => require "$checkout/src/" . str_replace('\\', '/', $name) . '.php');

$calls = 0;
$defaults = [
    'base_uri' => "$address/islandora/rest/v1/",
    'headers' => ['X-Authorization-User' => "$user:$token"],
];
$expect = function (bool $holds, string $what, $response = null) use (&$calls): void {
    $calls += $response === null ? 0 : 1;
    if ($holds) {
        return;
    }
    $told = $response === null ? '' : ": {$response->getStatusCode()} {$response->getBody()}";
    fwrite(STDERR, "not so: $what$told\n");
    exit(1);
};
$json = fn ($response) => json_decode((string) $response->getBody(), true);

// Objects.
$object = new IslandoraObject($defaults);
$response = $object->create('rest', 'mark', 'My new object', 'islandora:sp_basic_image', $collection);
$expect($object->created && preg_match('/^rest:\d+$/', $object->pid) === 1, 'an object is created', $response);
$pid = $object->pid;
$response = $object->read($pid);
$document = $json($response);
$expect($document['label'] === 'My new object' && $document['owner'] === 'mark', 'it is read', $response);
$expect($document['models'] === ['islandora:sp_basic_image'], 'its content model was added');
$response = $object->update($pid, ['owner' => 'ada']);
$expect($object->updated && $json($response)['owner'] === 'ada', 'it is updated', $response);
$response = $object->read('rest:none');
$expect($response->getStatusCode() === 404, 'an object that is not there', $response);

// Relationships.
$relationship = new Relationship($defaults);
$model = ['predicate' => 'hasModel', 'uri' => 'info:fedora/fedora-system:def/model#'];
$response = $relationship->read($pid, $model);
$values = array_map(fn ($each) => $each['object']['value'], $json($response));
$expect(in_array('islandora:sp_basic_image', $values, true), 'relationships are read', $response);
$expect(in_array($collection, $values, true), 'the parent was added');
$response = $relationship->create($pid, $model + ['object' => 'islandora:sp_pdf']);
$expect($relationship->created, 'a relationship is created', $response);
$literal = ['uri' => 'http://islandora.ca/ontology/relsext#', 'predicate' => 'isPageNumber', 'object' => '7'];
$relationship = new Relationship($defaults);
$response = $relationship->create($pid, $literal + ['type' => 'none']);
$expect($relationship->created, 'a literal is created', $response);
$response = $relationship->delete($pid, $model);
$expect($relationship->deleted, 'relationships are deleted', $response);
$expect($json($object->read($pid))['models'] === [], 'no content model is left');

// Datastreams.
$datastream = new Datastream($defaults);
$properties = ['label' => 'I am a new document', 'state' => 'A', 'mimeType' => 'text/xml', 'checksumType' => 'SHA-1'];
$response = $datastream->create($pid, 'MODS', $first, $properties);
$expect($datastream->created, 'a datastream is created', $response);
$expect($json($response)['checksum'] === sha1_file($first), 'it has the checksum of the file');
$response = $datastream->read($pid, 'MODS');
$expect((string) $datastream->content === file_get_contents($first), 'its content is read', $response);
$expect($datastream->mimeType === ['text/xml'], 'with its type');
$response = $datastream->update($pid, 'MODS', $second, ['label' => 'Let us try that again.']);
$expect($datastream->propertiesUpdated && $datastream->contentUpdated, 'both are updated', $response);
$response = $datastream->read($pid, 'MODS', false);
$now = json_decode((string) $datastream->properties, true);
$expect($now['label'] === 'Let us try that again.' && $now['size'] === filesize($second), 'so they are', $response);
$former = $now['versions'][0]['created'];
$response = $datastream->read($pid, 'MODS', false, $former);
$expect($json($response)['size'] === filesize($first), 'the former version is told', $response);
try {
    $datastream->create($pid, 'NONE', '/nowhere/at/all');
    $expect(false, 'a file that is not there is refused');
} catch (IslandoraRestClientException $exception) {
    $expect(true, 'a file that is not there is refused');
}
$response = $datastream->create($pid, 'TN', $first);
$expect($response->getStatusCode() === 201, 'one more datastream', $response);
$response = $datastream->delete($pid, 'TN');
$expect($datastream->deleted, 'a datastream is deleted', $response);

// Solr.
$solr = new Solr($defaults);
$response = $solr->query('dc.title:"My+new+object"?fl=PID');
$expect($solr->numFound === 1 && $solr->start === 0, 'a query finds it', $response);
$expect($solr->docs[0]->PID === $pid, 'by its pid');

// What is left is the first object; a second one goes.
$other = new IslandoraObject($defaults);
$response = $other->create('rest', 'admin', 'Another object');
$expect($other->created, 'another object', $response);
$response = $other->delete($other->pid);
$expect($other->deleted, 'an object is deleted', $response);
$denied = new IslandoraObject(['headers' => ['X-Authorization-User' => "$user:wrong"]] + $defaults);
$expect($denied->read($pid)->getStatusCode() === 401, 'a wrong token is refused');

echo "$pid $calls\n";
