#!/usr/bin/env bash
# Adds the files of a folder to a branch of their own, which holds nothing else, so that measurements have a history beside the code:
#
#     scripts/keep-results.sh benchmarks/results benchmark-history
#
# Files are kept under their names, which hold the date. The branch is made when it is not there.
set -euo pipefail
if [ $# -ne 2 ] || [ -z "$(ls -A "$1" 2>/dev/null)" ]; then
  echo "usage: $0 FOLDER-WITH-FILES BRANCH" >&2
  exit 64
fi
results=$(cd "$1" && pwd)
branch=$2
place=$(mktemp -d)
trap 'git worktree remove --force "$place" 2>/dev/null || true' EXIT
if git fetch --quiet origin "refs/heads/$branch" 2>/dev/null; then
  git worktree add --quiet --detach "$place" FETCH_HEAD
else
  git worktree add --quiet --detach "$place"
  # A tree without files and without a parent.
  git -C "$place" rm -rf --quiet .
  git -C "$place" update-ref --no-deref HEAD "$(git -C "$place" -c user.name=benchmarks -c user.email=benchmarks@users.noreply.github.com commit-tree -m "Keep results" "$(git -C "$place" write-tree)")"
fi
cp -R "$results/." "$place/"
git -C "$place" add --all
if git -C "$place" diff --cached --quiet; then exit 0; fi
git -C "$place" -c user.name=benchmarks -c user.email=benchmarks@users.noreply.github.com commit --quiet --message "Keep the results of $(date -u +%Y-%m-%d)"
git -C "$place" push --quiet origin "HEAD:refs/heads/$branch"
