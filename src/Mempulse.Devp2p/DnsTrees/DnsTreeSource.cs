using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Reads DNS trees periodically and reports each node whose fork id fits our chain.</summary>
internal sealed class DnsTreeSource(IReadOnlyList<DnsTreeLink> trees, ITextResolver resolver, ChainForks forks, TimeProvider time)
{
    /// <summary>Public trees change a few times an hour.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="head">Returns the newest block, against which fork ids are checked.</param>
    /// <param name="found">Called for each matching node.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(Func<ForkPoint> head, Action<Enode> found, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                foreach (var tree in trees)
                {
                    await ReadAsync(tree, head(), found, cancellationToken).ConfigureAwait(false);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private async Task ReadAsync(DnsTreeLink tree, ForkPoint head, Action<Enode> found, CancellationToken cancellationToken)
    {
        try
        {
            var content = await new DnsTreeReader(resolver).ReadAsync(tree, cancellationToken).ConfigureAwait(false);
            foreach (var record in content.Records)
            {
                if (record.CanBeOn(forks, head) && record.ToEnode() is { } node)
                {
                    found(node);
                }
            }
        }
        catch (InvalidDataException)
        {
            // The tree is missing or forged: use none of it and retry at the next interval.
        }
    }
}
