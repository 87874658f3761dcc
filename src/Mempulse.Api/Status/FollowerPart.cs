namespace Mempulse.Api.Status;

/// <summary>How a follower fared with its stream.</summary>
/// <param name="Events">Events delivered.</param>
/// <param name="StreamedEvents">Those out of stream items; the others came out of the log.</param>
/// <param name="Duplicates">Items that brought nothing new.</param>
/// <param name="Holes">Holes filled from the log.</param>
/// <param name="Stalls">Times the watermark moved and no item came.</param>
/// <param name="Silences">Times nothing came at all.</param>
/// <param name="StaleEpochs">Items of a writer whose term is over.</param>
/// <param name="Overflows">Items for which the buffer had no room.</param>
public sealed record FollowerPart(
    long Events, long StreamedEvents, long Duplicates, long Holes, long Stalls, long Silences, long StaleEpochs, long Overflows);
