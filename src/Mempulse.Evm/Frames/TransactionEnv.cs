using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>The transaction environment that code can read.</summary>
/// <param name="Origin">The transaction's sender.</param>
/// <param name="GasPrice">Effective gas price in wei per gas.</param>
/// <param name="BlobHashes">Versioned blob hashes (EIP-4844).</param>
internal readonly record struct TransactionEnv(Address Origin, UInt256 GasPrice, ReadOnlyMemory<Hash256> BlobHashes);
