"""`python -m wardmote` is the command line."""

from wardmote.cli.main import main

if __name__ == "__main__":
    main()
