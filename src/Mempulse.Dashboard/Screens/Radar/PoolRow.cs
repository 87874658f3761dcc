using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A row of the pool as it is shown.</summary>
/// <param name="Id">Its hash.</param>
/// <param name="Tx">Its newest values.</param>
/// <param name="State">Its state now.</param>
/// <param name="IsGone">True if it no longer matches: it stays, dimmed, until the order may change.</param>
/// <param name="IsNew">True if it came with the last change of the order.</param>
internal sealed record PoolRow(string Id, TxListRow Tx, TxState State, bool IsGone, bool IsNew);
