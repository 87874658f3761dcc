using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>What code may know of the transaction it runs in.</summary>
/// <param name="Origin">The sender.</param>
/// <param name="GasPrice">Effective wei per gas.</param>
/// <param name="BlobHashes">EIP-4844.</param>
internal readonly record struct TransactionEnv(Address Origin, UInt256 GasPrice, ReadOnlyMemory<Hash256> BlobHashes);
