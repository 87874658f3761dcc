namespace Mempulse.Client.Status;

/// <summary>Counters of a follower.</summary>
/// <param name="Events">Events delivered.</param>
/// <param name="StreamedEvents">Events delivered from offers; the rest were read from the log.</param>
/// <param name="Duplicates">Offers without new events.</param>
/// <param name="Holes">Holes filled from the log.</param>
/// <param name="Stalls">Times the watermark advanced without an offer.</param>
/// <param name="Silences">Times nothing arrived.</param>
/// <param name="StaleEpochs">Offers from an earlier epoch.</param>
/// <param name="Overflows">Offers that did not fit into the buffer.</param>
public sealed record FollowerPart(
    long Events, long StreamedEvents, long Duplicates, long Holes, long Stalls, long Silences, long StaleEpochs, long Overflows);
