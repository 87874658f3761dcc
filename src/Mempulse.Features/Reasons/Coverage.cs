using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Features.Reasons;

/// <summary>How completely a time was observed, and so what it means that something was not seen in it.</summary>
internal sealed class Coverage
{
    private Coverage()
    {
    }

    /// <summary>Its start.</summary>
    public UnixNanoseconds From { get; private init; }

    /// <summary>Its end.</summary>
    public UnixNanoseconds To { get; private init; }

    /// <summary>True when every gap of the time is known.</summary>
    public bool IsRecorded { get; private init; }

    /// <summary>True when a source was connected in some part of it, as far as is known.</summary>
    public bool IsObserved { get; private init; }

    /// <summary>Microseconds of it in which nothing could be seen.</summary>
    public ulong BlindMicros { get; private init; }

    /// <summary>The gaps that overlap it.</summary>
    public required IReadOnlyList<ObservationGap> Gaps { get; init; }

    /// <summary>The strength of "it was not seen": not derivable if nothing could be seen, weak if something could be missed.</summary>
    public EvidenceStrength OfAbsence =>
        !IsObserved ? EvidenceStrength.NotDerivable
        : IsRecorded && Gaps.Count == 0 ? EvidenceStrength.Strong
        : EvidenceStrength.Weak;

    /// <summary>Reads how a time was observed.</summary>
    /// <param name="standing">The sources and their gaps.</param>
    /// <param name="from">The start.</param>
    /// <param name="to">The end, inclusive.</param>
    public static Coverage Of(TxStanding standing, UnixNanoseconds from, UnixNanoseconds to)
    {
        var report = standing.Gaps;
        var gaps = report.Gaps.Where(gap => gap.From <= to && (gap.To is not { } end || end > from)).ToList();
        bool isRecorded = report.CompleteSince != default && from >= report.CompleteSince && !report.IsCut;
        bool isConnected = standing.Sources.Any(observer => observer.FirstConnectedAt <= to) && report.CompleteSince != default && to >= report.CompleteSince;
        ulong blind = isConnected ? Blind(gaps, from, to) : AmountText.Micros(from, to);
        return new Coverage
        {
            From = from,
            To = to,
            IsRecorded = isRecorded,
            IsObserved = isConnected && (blind == 0 || blind < AmountText.Micros(from, to)),
            BlindMicros = blind,
            Gaps = gaps,
        };
    }

    /// <summary>True when a source had no gap of its own, and this node none.</summary>
    public bool IsCompleteFor(SourceId source) => IsRecorded && !Gaps.Any(gap => IsTotal(gap) || gap.Source == source);

    /// <summary>Gaps of all observers at once; those of a lane have a name.</summary>
    private static bool IsTotal(ObservationGap gap) => gap.Kind == GapKind.Unrecorded || (gap.Kind == GapKind.Blind && gap.Name.Length == 0);

    /// <summary>The gaps come in the order of their starts, so what overlaps is counted once.</summary>
    private static ulong Blind(List<ObservationGap> gaps, UnixNanoseconds from, UnixNanoseconds to)
    {
        ulong micros = 0;
        var counted = from;
        foreach (var gap in gaps)
        {
            if (IsTotal(gap))
            {
                var start = gap.From > counted ? gap.From : counted;
                var end = gap.To is { } closed && closed < to ? closed : to;
                micros += AmountText.Micros(start, end);
                counted = end > counted ? end : counted;
            }
        }

        return micros;
    }
}
