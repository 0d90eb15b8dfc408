"""Speed and memory of Comity on this machine; and the synthetic ledgers for measuring them."""
