"""What happened, who did it and when: written in the transaction of the change, never altered."""
