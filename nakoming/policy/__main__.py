"""`python -m nakoming.policy`: check and compile the policy files, and print what the template needs of them."""

from nakoming.policy.compile import compile_documents, write
from nakoming.policy.document import policy_files, read

if __name__ == "__main__":
    write(compile_documents(document for document, _ in map(read, policy_files()) if document))
