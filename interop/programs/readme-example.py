"""Runs a block of the README that a package was published with: what of it is meant to be replaced is given.

Arguments: package, words that the block contains, then pairs of a placeholder and what stands for it.
"""

import importlib.metadata
import re
import sys

package, words, *replacements = sys.argv[1:]
readme = importlib.metadata.metadata(package).get_payload()
(block,) = [block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if words in block]
for placeholder, value in zip(replacements[::2], replacements[1::2], strict=True):
    assert placeholder in block, placeholder
    block = block.replace(placeholder, value)
exec(compile(block, f"README of {package}", "exec"), {"__name__": "__main__"})
