namespace Mempulse.Api.Status;

/// <summary>Counters of a follower.</summary>
/// <param name="Events">Events delivered.</param>
/// <param name="StreamedEvents">Those from stream items; the others were read from the log.</param>
/// <param name="Duplicates">Items without new events.</param>
/// <param name="Holes">Holes filled from the log.</param>
/// <param name="Stalls">Times the watermark advanced without an item.</param>
/// <param name="Silences">Times nothing arrived.</param>
/// <param name="StaleEpochs">Items of an earlier epoch.</param>
/// <param name="Overflows">Items that did not fit into the buffer.</param>
public sealed record FollowerPart(
    long Events, long StreamedEvents, long Duplicates, long Holes, long Stalls, long Silences, long StaleEpochs, long Overflows);
