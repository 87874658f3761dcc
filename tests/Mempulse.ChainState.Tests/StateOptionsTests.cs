using System.ComponentModel.DataAnnotations;

namespace Mempulse.ChainState.Tests;

/// <summary>The documented defaults and ranges of the options.</summary>
public sealed class StateOptionsTests
{
    public static TheoryData<RpcStateOptions, bool> Ranges => new()
    {
        { new RpcStateOptions(), true },
        { new RpcStateOptions { MaxRounds = 0 }, false },
        { new RpcStateOptions { MaxRounds = 65_536 }, true },
        { new RpcStateOptions { MaxRounds = 65_537 }, false },
        { new RpcStateOptions { CachedBlocks = 0 }, false },
        { new RpcStateOptions { CachedBlocks = 1_024 }, true },
        { new RpcStateOptions { CachedBlocks = 1_025 }, false },
        { new RpcStateOptions { MaxBlockBytes = 65_535 }, false },
        { new RpcStateOptions { MaxBlockBytes = 65_536 }, true },
        { new RpcStateOptions { MaxBlockBytes = 17_179_869_184 }, true },
        { new RpcStateOptions { MaxBlockBytes = 17_179_869_185 }, false },
        { new RpcStateOptions { RetryDelay = TimeSpan.FromTicks(-1) }, false },
        { new RpcStateOptions { RetryDelay = TimeSpan.FromSeconds(10) }, true },
        { new RpcStateOptions { RetryDelay = TimeSpan.FromSeconds(10) + TimeSpan.FromTicks(1) }, false },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Options_are_valid_within_their_ranges(RpcStateOptions options, bool isValid) =>
        Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));

    [Fact]
    public void Defaults_are_those_that_the_options_document()
    {
        var options = new RpcStateOptions();

        Assert.Equal((1_024, TimeSpan.FromMilliseconds(100), 8, 67_108_864), (options.MaxRounds, options.RetryDelay, options.CachedBlocks, options.MaxBlockBytes));
    }
}
