using System.CommandLine;
using System.CommandLine.Parsing;

namespace Mempulse.Node.Options;

/// <summary>The node's command line. Its options are read in the order in which they are written and override the configuration.</summary>
internal static class NodeArguments
{
    private const string Description = """
        Mempulse node: watches a chain's mempool, logs every fact and folds the log into deterministic state. Without options it plays
        the shipped capture through the whole pipeline, in a fresh directory under ./data.

        The same settings can come from appsettings.json or the environment (section Mempulse: Mempulse__Data, Mempulse__Rpc__0, ...);
        the command line overrides the environment, and that overrides appsettings.json. Sizes and limits are there only, in the
        sections Log, Fold, Ingest, Lanes, P2p and Simulation. docs/configuration.md lists them all.
        """;

    private static readonly NodeArgument[] _all =
    [
        NodeArgument.Repeatable("--rpc", "URL[,HTTP]", "JSON-RPC endpoint (ws://, wss://, http:// or https://), and an HTTP address of the same node for calls; repeat for more sources.", (reading, value) => reading.AddEndpoint(value)),
        NodeArgument.Repeatable("--state-rpc", "URL[,HTTP]", "Endpoint that simulations read state from [default: the chain's --rpc endpoints].", (reading, value) => reading.AddState(value)),
        NodeArgument.Repeatable("--chain", "ID", "Chain of the --rpc, --state-rpc and --p2p options that follow [default: 1]; repeat for more chains.", (reading, value) => reading.UseChain(value)),
        NodeArgument.Single("--pending", "hashes|bodies", "What to subscribe to: transaction hashes, or bodies where a node offers them [default: hashes].", (reading, value) => reading.Change(options => options with { Pending = OptionText.Pending(value) })),
        NodeArgument.Single("--reconcile", "SECONDS", "Time between two comparisons with a node's pool; 0 turns them off [default: 15].", (reading, value) => reading.Change(options => options with { ReconcileInterval = OptionText.Seconds(value) })),
        NodeArgument.Single("--block-logs", "all|none", "Which logs of blocks to record with their receipts [default: all].", (reading, value) => reading.Change(options => options with { BlockLogs = OptionText.Logs(value) })),
        NodeArgument.Single("--p2p", "ADDRESS:PORT", "Connect to peers, and listen on this address (127.0.0.1:0 for any port; 'none' only dials).", (reading, value) => reading.Listen(value)),
        NodeArgument.Repeatable("--peer", "ENODE", "Peer to stay connected to, enode://KEY@ADDRESS:PORT with an IP address or a host name; repeat for more.", (reading, value) => reading.ChangePeers(peers => peers with { Peers = [.. peers.Peers, value] })),
        NodeArgument.Repeatable("--bootnode", "ENODE", "Node to start peer discovery (discv4) from; repeat for more.", (reading, value) => reading.ChangePeers(peers => peers with { BootNodes = [.. peers.BootNodes, value] })),
        NodeArgument.Repeatable("--dns-tree", "URL", "DNS tree of nodes, enrtree://KEY@DOMAIN; repeat for more.", (reading, value) => reading.ChangePeers(peers => peers with { DnsTrees = [.. peers.DnsTrees, value] })),
        NodeArgument.Single("--max-peers", "N", "Maximum number of peers [default: 50].", (reading, value) => reading.ChangePeers(peers => peers with { MaxPeers = OptionText.PeerCount(value) })),
        NodeArgument.Single("--genesis", "HASH", "Hash of block 0 of the peers' chain, if it is not built in [default: that of the chain's --rpc].", (reading, value) => reading.ChangePeers(peers => peers with { Genesis = value })),
        NodeArgument.Single("--genesis-time", "SECONDS", "Unix time of that block.", (reading, value) => reading.ChangePeers(peers => peers with { GenesisTime = OptionText.Number(value, "time") })),
        NodeArgument.Single("--network-id", "ID", "Network id of that chain [default: that of the chain's --rpc, or the chain id].", (reading, value) => reading.ChangePeers(peers => peers with { NetworkId = OptionText.Chain(value).Value })),
        NodeArgument.Repeatable("--fork-block", "N[,N]", "Forks of that chain by block number; repeat for more [default: those that the chain's --rpc states].", (reading, value) => reading.ChangePeers(peers => peers with { ForkBlocks = [.. peers.ForkBlocks, .. OptionText.Numbers(value, "block number")] })),
        NodeArgument.Repeatable("--fork-time", "SECONDS[,SECONDS]", "Forks of that chain by Unix time; repeat for more.", (reading, value) => reading.ChangePeers(peers => peers with { ForkTimes = [.. peers.ForkTimes, .. OptionText.Numbers(value, "time")] })),
        NodeArgument.Single("--capture", "CAPTURE", "Play this capture instead of the shipped one: a file, or a directory with one .mpc file. A log that already has what a capture wrote is served and not written.", (reading, value) => reading.Change(options => options with { Capture = OptionText.Capture(value) })),
        NodeArgument.Single("--speed", "max|FACTOR", "Pace of a capture: max, or a factor such as 1, x6 or 0.5 [default: the capture's own].", (reading, value) => reading.Change(options => options with { Pace = OptionText.Pace(value) })),
        NodeArgument.Single("--data", "DIR", "Directory of the logs; an existing log is continued [default: ./data].", (reading, value) => reading.Change(options => options with { Directory = OptionText.Directory(value) })),
        NodeArgument.Single("--roles", "ROLES", "What this process does: log, ingest, worker, api, separated by commas [default: all].", (reading, value) => reading.Change(options => options with { Roles = OptionText.Roles(value) })),
        NodeArgument.Single("--urls", "URLS", "Where the API listens, separated by ';': loopback only, unless keys are configured [default: ASPNETCORE_URLS, else http://127.0.0.1:5100].", (reading, value) => reading.Change(options => options with { Urls = OptionText.Urls(value) })),
    ];

    /// <summary>The command, which has no action yet.</summary>
    public static RootCommand Build()
    {
        var command = new RootCommand(Description);
        foreach (var argument in _all)
        {
            command.Options.Add(argument.ToOption());
        }

        return command;
    }

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="configured">The options from the configuration.</param>
    /// <exception cref="NodeUsageException">The command line is not valid.</exception>
    public static NodeOptions Parse(IReadOnlyList<string> arguments, NodeOptions configured) => Read(Build().Parse(arguments), configured);

    /// <inheritdoc cref="Parse"/>
    public static NodeOptions Read(ParseResult parsed, NodeOptions configured)
    {
        ThrowIfInvalid(parsed);
        var reading = new NodeReading(configured);
        NodeArgument? current = null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                current = Array.Find(_all, argument => argument.Name == token.Value);
            }
            else
            {
                current?.Take(reading, token.Value);
            }
        }

        return reading.ToOptions();
    }

    /// <summary>Refuses a command line that System.CommandLine could not parse.</summary>
    /// <exception cref="NodeUsageException">What is wrong with it, in one sentence.</exception>
    public static void ThrowIfInvalid(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count > 0)
        {
            throw new NodeUsageException($"'{parsed.UnmatchedTokens[0]}' is not a valid option: see --help.");
        }

        if (parsed.Errors.Count > 0)
        {
            throw new NodeUsageException(parsed.Errors[0].Message);
        }
    }
}
