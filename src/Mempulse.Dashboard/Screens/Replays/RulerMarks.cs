using System.Globalization;
using System.Text;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>What is drawn over the log, with places in percent of its width.</summary>
internal sealed class RulerMarks
{
    /// <summary>Height of the bars, in units of the picture.</summary>
    public const int BarHeight = 16;

    /// <summary>Labels that are closer than this, in hundredths of a percent, are left out.</summary>
    private const ulong MinGap = 600;

    private const int MaxTicks = 120;
    private const ulong Whole = 10_000;

    private readonly ReplayRuler _ruler;

    /// <summary>Reads a ruler.</summary>
    public RulerMarks(ReplayAnswer answer, ReplayRuler ruler)
    {
        _ruler = ruler;
        Bars = BarsOf(ruler.Derived);
        Blocks = BlocksOf(ruler);
        Reorgs = [.. ruler.Marks.Where(static mark => mark.Kind == "ReorgDetected").Take(MaxTicks).Select(mark => (At(mark.Seq), $"reorg, depth {mark.Number}", mark.Seq))];
        var compared = answer.Checkpoints.ToDictionary(static checkpoint => checkpoint.Seq);
        Checkpoints = [.. ruler.Marks.Where(static mark => mark.Kind == "CheckpointTaken").TakeLast(MaxTicks)
            .Select(mark => (At(mark.Seq), compared.TryGetValue(mark.Seq, out var digests) ? digests.IsEqual ? "ok" : "cross" : string.Empty, mark.Seq))];
    }

    /// <summary>The bars as the path of a picture that is as wide as there are parts.</summary>
    public string Bars { get; }

    /// <summary>The blocks: place, number or nothing where there is no room, and whether a reorg took it back.</summary>
    public IReadOnlyList<(string At, string Label, bool IsLost, GlobalSeq Seq)> Blocks { get; }

    /// <summary>The reorgs.</summary>
    public IReadOnlyList<(string At, string Label, GlobalSeq Seq)> Reorgs { get; }

    /// <summary>The checkpoints, with the name of an icon, or nothing where none was compared.</summary>
    public IReadOnlyList<(string At, string Icon, GlobalSeq Seq)> Checkpoints { get; }

    /// <summary>Places with positions, from the first to the last.</summary>
    public IReadOnlyList<GlobalSeq> Scale => [.. Enumerable.Range(0, 5).Select(i => new GlobalSeq(_ruler.From.Value + ((_ruler.To.Value - _ruler.From.Value) * (ulong)i / 4)))];

    /// <summary>The place of a position, in percent.</summary>
    public string At(GlobalSeq seq) => Percent(PlaceOf(seq));

    /// <summary>True if there is no room for words at the right of a position.</summary>
    public bool IsRight(GlobalSeq seq) => PlaceOf(seq) > Whole / 2;

    /// <summary>The width from one position to another, in percent.</summary>
    public string Width(GlobalSeq first, GlobalSeq last) => Percent(PlaceOf(last) - Math.Min(PlaceOf(first), PlaceOf(last)));

    private static string Percent(ulong hundredths) => string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:D2}");

    private static string BarsOf(IReadOnlyList<int> derived)
    {
        int most = Math.Max(1, derived.DefaultIfEmpty().Max());
        var path = new StringBuilder();
        for (int i = 0; i < derived.Count; i++)
        {
            if (derived[i] > 0)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{i} {BarHeight}v-{Math.Max(1, derived[i] * BarHeight / most)}");
            }
        }

        return path.ToString();
    }

    private ulong PlaceOf(GlobalSeq seq)
    {
        ulong span = Math.Max(1, _ruler.To.Value - _ruler.From.Value);
        ulong at = Math.Clamp(seq.Value, _ruler.From.Value, _ruler.To.Value) - _ruler.From.Value;
        return at * Whole / span;
    }

    private (string At, string Label, bool IsLost, GlobalSeq Seq)[] BlocksOf(ReplayRuler ruler)
    {
        var blocks = ruler.Marks.Where(static mark => mark.Kind == "BlockObserved").TakeLast(MaxTicks).ToList();
        ulong free = 0;
        return
        [
            .. blocks.Select(block =>
            {
                ulong place = PlaceOf(block.Seq);
                bool hasRoom = place >= free && place < Whole - (MinGap / 2);
                free = hasRoom ? place + MinGap : free;
                return (Percent(place), hasRoom ? Figures.Count(block.Number) : string.Empty, IsLost(block, ruler.Marks), block.Seq);
            }),
        ];
    }

    /// <summary>True if a later reorg left the block: it is among so many below the head that it left.</summary>
    private static bool IsLost(RulerMark block, IReadOnlyList<RulerMark> marks) => marks.Any(reorg =>
        reorg.Kind == "ReorgDetected" && reorg.Seq > block.Seq
        && marks.FirstOrDefault(head => head.Kind == "BlockObserved" && head.Hash == reorg.Hash) is { } left
        && block.Number <= left.Number && block.Number + reorg.Number > left.Number);
}
