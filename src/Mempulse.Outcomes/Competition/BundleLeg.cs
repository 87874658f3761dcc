using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Competition;

/// <summary>A transaction of the bundle.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="MayRevert">True if the bundle holds although it reverts.</param>
public sealed record BundleLeg(Hash256 Hash, EvmTransaction Transaction, bool MayRevert);
