using Mempulse.JsonRpc.Endpoints;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Reads the command line, on top of what the configuration says.</summary>
internal static class NodeArguments
{
    public const string Usage = """
        mempulse node: live mempool in, deterministic state out

          (no options)      play the shipped capture through the whole pipeline, in a fresh directory under ./data
          --rpc URL[,HTTP]  a JSON-RPC endpoint, ws://, wss://, http:// or https://, and an HTTP address of the same node
                            for calls if it has one; repeat for more sources
          --state-rpc URL[,HTTP]
                            whom simulations ask for the state of blocks (default: the chain's --rpc endpoints)
          --chain ID        the chain of the --rpc and --state-rpc options after it (default 1); repeat for more chains
          --pending WHAT    what to subscribe to: hashes, or bodies where nodes offer them (default hashes)
          --reconcile SEC   seconds between two comparisons with a node's pool, 0 for never (default 15)
          --p2p ADDR:PORT   hear peers of the --chain before it too, and listen there (127.0.0.1:0 for any port; none only dials)
          --peer ENODE      a node to be connected to always, enode://KEY@ADDRESS:PORT; repeat for more
          --bootnode ENODE  a node that knows others: search for peers (discv4); repeat for more
          --dns-tree URL    a tree of nodes in DNS, enrtree://KEY@DOMAIN; repeat for more
          --max-peers N     peers at once (default 50)
          --genesis HASH    hash of block 0, for a chain whose forks are not known here
          --capture PATH    play this capture instead
          --speed PACE      pace of a capture: max, or a factor such as 1, x6, 0.5 (default: what the capture suggests)
          --data DIR        directory of the logs (default ./data); an existing log is continued
          --urls URLS       where the API listens, separated by ; (default http://127.0.0.1:5100)
          --help            this text

        Configuration: the section Mempulse (appsettings.json, or environment variables such as Mempulse__Rpc__0);
        there too: Log (SegmentSizeBytes, Durability), Ingest (QueueCapacityItems, QueueCapacityBytes, DecodeWorkers, ...)
        P2p (Listen, Chain, Peers, TrustedPeers, BootNodes, DnsTrees, DnsServer, MaxPeers, NetworkId, Genesis, GenesisTime, ForkBlocks, ForkTimes)
        and Simulation (MaxInFlight, StoreBytes, CachedBlocks, LeastTrust, StepTraces, StepSampleOneIn).
        """;

    /// <summary>Reads the options.</summary>
    /// <exception cref="NodeUsageException">Something cannot be understood.</exception>
    public static NodeOptions Parse(IReadOnlyList<string> arguments, NodeOptions configured)
    {
        var reading = new Reading(configured);
        for (int i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (!Reading.Knows(name))
            {
                throw new NodeUsageException($"'{arguments[i]}' is no option of the node; --help lists them.");
            }

            value ??= ++i < arguments.Count ? arguments[i] : throw new NodeUsageException($"{name} needs a value.");
            reading.Take(name, value);
        }

        return reading.ToOptions();
    }

    private static (string Name, string? Value) Split(string argument)
    {
        int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private sealed class Reading(NodeOptions configured)
    {
        private readonly List<(ChainId Chain, RpcEndpoint Endpoint)> _endpoints = [];
        private readonly List<(ChainId Chain, RpcEndpoint Endpoint)> _states = [];
        private ChainId _chain = new(1);
        private NodeOptions _options = configured;

        public static bool Knows(string name) => PeerArguments.Knows(name)
            || name is "--rpc" or "--state-rpc" or "--chain" or "--pending" or "--reconcile" or "--capture" or "--speed" or "--data" or "--urls";

        public void Take(string name, string value)
        {
            switch (name)
            {
                case "--rpc":
                    _endpoints.Add((_chain, OptionText.Endpoint(value)));
                    break;
                case "--state-rpc":
                    _states.Add((_chain, OptionText.Endpoint(value)));
                    break;
                case "--chain":
                    _chain = OptionText.Chain(value);
                    break;
                case "--pending":
                    _options = _options with { Pending = OptionText.Pending(value) };
                    break;
                case "--reconcile":
                    _options = _options with { ReconcileInterval = OptionText.Seconds(value) };
                    break;
                case "--capture":
                    _options = _options with { Capture = OptionText.ExistingFile(value) };
                    break;
                case "--speed":
                    _options = _options with { Pace = OptionText.Pace(value) };
                    break;
                case "--data":
                    _options = _options with { Directory = OptionText.Directory(value) };
                    break;
                case var peer when PeerArguments.Knows(peer):
                    _options = _options with { P2p = PeerArguments.Take(_options.P2p ?? new PeerSettings(), name, value, _chain) };
                    break;
                default:
                    _options = _options with { Urls = OptionText.Urls(value) };
                    break;
            }
        }

        public NodeOptions ToOptions()
        {
            var chains = ByChain(_endpoints, _options.Chains);
            _options = _options with { StateSources = ByChain(_states, _options.StateSources) };
            if (chains.FirstOrDefault(chain => chain.Endpoints.DistinctBy(endpoint => endpoint.Name).Count() < chain.Endpoints.Count) is { } doubled)
            {
                throw new NodeUsageException($"Chain {doubled.Chain} names the same endpoint twice.");
            }

            bool isLive = chains.Count > 0 || _options.P2p is not null;
            return isLive && _options.Capture is not null
                ? throw new NodeUsageException("Live input (--rpc, --p2p) and a capture (--capture) do not go into one log; choose one.")
                : isLive && _options.Pace is not null
                    ? throw new NodeUsageException("--speed is the pace of a capture; live input has its own.")
                    : _options with { Chains = chains };
        }

        private static IReadOnlyList<ChainInput> ByChain(List<(ChainId Chain, RpcEndpoint Endpoint)> given, IReadOnlyList<ChainInput> otherwise) => given.Count == 0
            ? otherwise
            : [.. given.GroupBy(entry => entry.Chain, entry => entry.Endpoint).Select(group => new ChainInput(group.Key, [.. group]))];
    }
}
