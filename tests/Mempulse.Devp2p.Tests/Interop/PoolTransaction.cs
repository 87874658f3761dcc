using Mempulse.Primitives;

namespace Mempulse.Devp2p.Tests.Interop;

/// <summary>A transaction as pools exchange it.</summary>
internal sealed record PoolTransaction(Hash256 Hash, byte Type, byte[] Raw);
