using System.Globalization;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.RelayData;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions;

/// <summary>Keys of grains and streams. No other code builds or parses a key.</summary>
public static class GrainKeys
{
    /// <summary>The name of the stream provider and the namespace of the log streams.</summary>
    public const string LogStreams = "log";

    /// <summary>A chain's sequencer.</summary>
    public static ISequencerGrain Sequencer(this IGrainFactory grains, ChainId chain) => grains.GetGrain<ISequencerGrain>(Of(chain));

    /// <summary>A chain's fold.</summary>
    public static IMempoolGrain Mempool(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IMempoolGrain>(Of(chain));

    /// <summary>A chain's log reader.</summary>
    public static ILogReaderGrain LogReader(this IGrainFactory grains, ChainId chain) => grains.GetGrain<ILogReaderGrain>(Of(chain));

    /// <summary>The grain that replays a chain's log.</summary>
    public static IReplayGrain Replays(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IReplayGrain>(Of(chain));

    /// <summary>The grain with a chain's ingest reports.</summary>
    public static IIngestGrain Ingest(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IIngestGrain>(Of(chain));

    /// <summary>A chain's simulator.</summary>
    public static ISimulatorGrain Simulator(this IGrainFactory grains, ChainId chain) => grains.GetGrain<ISimulatorGrain>(Of(chain));

    /// <summary>The grain with a chain's recorded simulations.</summary>
    public static ISimLedgerGrain SimLedger(this IGrainFactory grains, ChainId chain) => grains.GetGrain<ISimLedgerGrain>(Of(chain));

    /// <summary>The watcher of a chain's pools.</summary>
    public static IBookWatchGrain BookWatch(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IBookWatchGrain>(Of(chain));

    /// <summary>The grain that makes a chain's bundles.</summary>
    public static IAssemblyGrain Assembly(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IAssemblyGrain>(Of(chain));

    /// <summary>The grain with a chain's recorded bundles.</summary>
    public static IBundleLedgerGrain BundleLedger(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IBundleLedgerGrain>(Of(chain));

    /// <summary>The grain that finds what took the place of a chain's bundles.</summary>
    public static ICompetitionGrain Competition(this IGrainFactory grains, ChainId chain) => grains.GetGrain<ICompetitionGrain>(Of(chain));

    /// <summary>The grain that asks relays about a chain's blocks.</summary>
    public static IRelayDataGrain RelayData(this IGrainFactory grains, ChainId chain) => grains.GetGrain<IRelayDataGrain>(Of(chain));

    /// <summary>A bundle.</summary>
    public static IBundleGrain Bundle(this IGrainFactory grains, ChainId chain, Hash256 id) => grains.GetGrain<IBundleGrain>($"{chain}/{id}");

    /// <summary>An opportunity.</summary>
    public static IOpportunityGrain Opportunity(this IGrainFactory grains, ChainId chain, Hash256 id) => grains.GetGrain<IOpportunityGrain>($"{chain}/{id}");

    /// <summary>A transaction.</summary>
    public static ITxGrain Tx(this IGrainFactory grains, ChainId chain, Hash256 hash) => grains.GetGrain<ITxGrain>($"{chain}/{hash}");

    /// <summary>An account.</summary>
    public static ISenderGrain Sender(this IGrainFactory grains, ChainId chain, Address address) =>
        grains.GetGrain<ISenderGrain>($"{chain}/{address}");

    /// <summary>The key of the grains and streams of which each chain has one.</summary>
    public static string Of(ChainId chain) => chain.ToString();

    /// <summary>Parses the chain from a key.</summary>
    /// <exception cref="FormatException">The key does not begin with a chain id.</exception>
    public static ChainId ChainOf(string key) =>
        ulong.TryParse(key.AsSpan(0, EndOfChain(key)), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) && id > 0
            ? new ChainId(id)
            : throw new FormatException($"'{key}' is not a valid grain key: expected a chain id at its start.");

    /// <summary>The part of a key after the chain: a hash or an address.</summary>
    public static string EntityOf(string key) => key[Math.Min(key.Length, EndOfChain(key) + 1)..];

    private static int EndOfChain(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key.Length : slash;
    }
}
