using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Reads trees now and again, and tells of each node that can be on our chain.</summary>
internal sealed class DnsTreeSource(IReadOnlyList<DnsTreeLink> trees, ITextResolver resolver, ChainForks forks, TimeProvider time)
{
    /// <summary>Public trees change a few times an hour.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="head">The newest block, against which fork ids are checked.</param>
    /// <param name="found">Told of each node.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
            // No such tree, or a forged one: nothing of it is taken, and the next time may be better.
        }
    }
}
