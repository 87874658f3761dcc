using Mempulse.Features.Flags;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;

namespace Mempulse.Features.Tests.Flags;

/// <summary>The flags of a transaction of a story.</summary>
internal static class Flagged
{
    public static RiskFlag Of(PoolStory story, string tx, RiskFlagKind kind, FoldViews? views = null)
    {
        var flags = new RiskFlag[FlagReader.Count];
        FlagReader.Read(story.TraitsOf(tx), views ?? story.Views, flags);
        Assert.All(flags, static (flag, index) => Assert.Equal((RiskFlagKind)index, flag.Kind));
        return flags[(int)kind];
    }
}
