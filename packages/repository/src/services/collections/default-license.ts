/**
 * What a submitter grants where neither collection nor operator has a text of its own. Neutral on purpose: it names no
 * institution and leaves all rights with their holders.
 */
export const DEFAULT_LICENSE = `Deposit licence

This is a standard text. The operator of this repository can put another in its place, for the whole repository or for
a single collection.

By depositing this work you, its author or the holder of its rights, permit this repository

- to keep the work, in as many copies and for as long as preservation needs;
- to convert it to other formats or media without changing what it says;
- to make it and its description available to the public, under the access conditions chosen for it.

The permission is not exclusive. All rights in the work stay with you and with those who hold them now.

You declare that you are entitled to give this permission; that, as far as you know, the work infringes nobody's
rights; that where the work contains material of others, you have their permission and the material is marked as
theirs; and that you have met every duty that a funder or employer laid on you for this work.

The repository records your name as the depositor of the work and changes the work in no way but those named above.
`
