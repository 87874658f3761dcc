namespace Mempulse.Primitives.Events;

/// <summary>What a relay is asked about blocks.</summary>
public enum RelayDataKind
{
    /// <summary>Blocks that were delivered to proposers: <c>proposer_payload_delivered</c>.</summary>
    Delivered = 0,

    /// <summary>Blocks that builders submitted: <c>builder_blocks_received</c>.</summary>
    Received = 1,
}
