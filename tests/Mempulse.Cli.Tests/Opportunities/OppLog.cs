using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Features.Registry;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Rules;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Opportunities;

/// <summary>A log in which a pending swap moves one of two pools, with the rules beside it.</summary>
internal static class OppLog
{
    private static readonly Address s_router = Address.Parse("0x7a250d5630b4cf539739df2c5dacb4c659f2488d"); // UniswapV2Router02
    private static readonly Address s_token = Address.Parse("0x00000000000000000000000000000000000000b1");

    /// <summary>The wrapped ether of mainnet.</summary>
    public static Address Ether { get; } = Address.Parse("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");

    /// <summary>The story, up to where both pools are known.</summary>
    /// <param name="directory">Where its rules are stored.</param>
    /// <param name="composition">What folds it; the program's own if it is null.</param>
    /// <param name="strategies">The choice of strategies that its log states; none if it is null.</param>
    public static Scenario Story(string directory, FoldComposition? composition = null, byte[]? strategies = null)
    {
        var registry = RegistryFile.Read(RegistryFile.Shipped);
        var rules = RulesStore.Beside(directory, PosixFileSystem.Instance);
        Directory.CreateDirectory(directory);
        rules.Put(registry.Content.Span);
        var story = new Scenario(composition: (composition ?? FoldComposition.Default).Reading(rules));
        if (strategies is not null)
        {
            story.Fact(new LogEvent.RulesLoaded(RuleSet.Strategies, rules.Put(strategies), (ulong)strategies.Length, "strategies"));
        }

        story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry.Registry.ContentHash, (ulong)registry.Content.Length, registry.Name)).Block("base");
        story.Decoded(new ScenarioTx("swap", "sender", 0) { Call = (s_router, Swap()) });
        foreach (string protocol in new[] { "uniswap-v2", "sushiswap" })
        {
            story.Fact(new LogEvent.PoolObserved(Named.Block("base"), story.NumberOf("base"), Pair(registry.Registry, protocol), default, IsProven: true, [new ObservedSlot(8, Reserves())]));
        }

        return story;
    }

    /// <summary>Writes a story's log.</summary>
    public static void Write(string directory, Scenario story)
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = Scenario.Chain });
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            var batch = new EventBatch(record.Lane);
            batch.AddCopy(record, record.Meta);
            log.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private static Address Pair(ContractRegistry registry, string protocol)
    {
        var factory = registry.PoolsOf(Scenario.Chain).Factories.Single(each => each.Protocol == protocol);
        return factory.PoolOf(s_token, Ether, factory.Tiers[0]);
    }

    /// <summary>1,000 ether against 1,000,000 tokens.</summary>
    private static UInt256 Reserves()
    {
        UInt256 ether = (UInt256)1_000_000_000_000_000_000 * 1_000;
        UInt256.ShiftLeft(ether, 112, out var high);
        return (ether * 1_000) + high;
    }

    private static byte[] Swap() =>
        CallData.Of("swapExactTokensForTokens(uint256,uint256,address[],address,uint256)").Add((UInt256)1_000_000_000_000_000_000 * 50).Add(1).Add(160).Add(s_router).Add(4_000_000_000).Add(2).Add(Ether).Add(s_token).ToArray();
}
