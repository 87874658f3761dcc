using Mempulse.Node.Lanes;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Lanes;

/// <summary>A capture is played with the rules that it suggests, and what is synthetic is marked so.</summary>
public sealed class CaptureInputTests
{
    [Fact]
    public void The_shipped_capture_has_its_own_rules_and_is_synthetic()
    {
        var input = CaptureInput.Of(CaptureInput.SamplePath, pace: null);

        Assert.Equal((3UL, 84UL), (input.Fold.ConfirmationDepthBlocks, input.Fold.ExpirySeconds));
        Assert.Equal((true, true, "playback"), (input.IsSynthetic, Assert.Single(input.Lanes).IsSynthetic, input.Lanes[0].Name));
        Assert.Equal(new ChainId(1), Assert.Single(input.Chains));
        Assert.StartsWith("capture \"mainnet-pectra\" at pace x6 (synthetic: ", input.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_cannot_be_read_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mpc");

        Assert.StartsWith($"Cannot play '{path}': ", Assert.Throws<IOException>(() => CaptureInput.Of(path, pace: null)).Message, StringComparison.Ordinal);
    }
}
