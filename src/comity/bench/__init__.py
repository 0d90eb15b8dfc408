"""Speed and memory of Comity, measured on this machine; and the made-up ledgers that they are measured on."""
