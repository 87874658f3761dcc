using Mempulse.Benchmarks;
using Mempulse.Benchmarks.Book;
using Mempulse.Benchmarks.Bundles;
using Mempulse.Benchmarks.Canon;
using Mempulse.Benchmarks.Cases;
using Mempulse.Benchmarks.Dashboards;
using Mempulse.Benchmarks.Decode;
using Mempulse.Benchmarks.Detect;
using Mempulse.Benchmarks.Devp2p;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Benchmarks.Evm;
using Mempulse.Benchmarks.Hostile;
using Mempulse.Benchmarks.Net;
using Mempulse.Benchmarks.Node;
using Mempulse.Benchmarks.Opportunities;
using Mempulse.Benchmarks.Outcomes;
using Mempulse.Benchmarks.Pools;
using Mempulse.Benchmarks.Primitives;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Benchmarks.Replay;
using Mempulse.Benchmarks.Simulations;

// "figures [AREA]..." prints the figures of some areas, or of all, and their ratios.
IFigures[] areas =
[
    new PrimitivesFigures(),
    new CanonFigures(),
    new EthereumFigures(),
    new EvmFigures(),
    new BlockFigures(),
    new NetFigures(),
    new ReceiptFigures(),
    new HostileFigures(),
    new Devp2pFigures(),
    new ReplayFigures(),
    new AuditFigures(),
    new FeatureGate(),
    new NodeFigures(),
    new ReaderFigures(),
    new StreamFigures(),
    new DashboardFigures(),
    new ApiFigures(),
    new FaultFigures(),
    new SimFigures(),
    new PoolFigures(),
    new DecodeFigures(),
    new RankFigures(),
    new DetectFigures(),
    new OppFigures(),
    new BundleFigures(),
    new CaseFigures(),
    new BookFigures(),
    new OutcomeFigures(),
];
if (args is not ["figures", ..])
{
    Console.Error.WriteLine($"Cannot run '{string.Join(' ', args)}': expected figures [AREA]..., with areas out of {string.Join(", ", areas.Select(area => area.Area).Distinct())}.");
    return 2;
}

var asked = args.Length > 1 ? Array.FindAll(areas, area => args.AsSpan(1).Contains(area.Area)) : areas;
foreach (var area in asked)
{
    area.Print(Console.Out);
}

return asked.Length > 0 ? 0 : 2;
