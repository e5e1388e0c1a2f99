"""The pack as a command: judges a state, a preview or a live inventory, without an engine."""
