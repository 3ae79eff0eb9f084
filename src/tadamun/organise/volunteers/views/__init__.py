"""The pages of helpers: at the gate, by their own link, on the desk."""
