"""Shows a running `docket dev --seed demo`: where it is, and the tenants' keys.

The only argument is the line of JSON that `docket dev` prints when it serves.
"""

import json
import sys


def main():
    ready = json.loads(sys.argv[1])
    print(f"API      {ready['api']}")
    print(f"admin    {ready['admin']}")
    for tenant in ready["tenants"]:
        print(f"tenant   {tenant['slug']:<12} key {tenant['key']}")


if __name__ == "__main__":
    main()
