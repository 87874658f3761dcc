using System.Collections.Concurrent;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;

namespace Mempulse.ChainState;

/// <summary>Simulates over a provider's state: executes, fetches what is missing, and repeats until nothing is.</summary>
/// <remarks>Safe for any thread. Concurrent simulations give the same results as sequential ones.</remarks>
public sealed class StateSimulation(IStateProvider provider, RpcStateOptions options, ISenderRecovery recovery)
{
    /// <summary>A simulator that has read more than this is not kept: its tables keep their size.</summary>
    private const int MaxKeptParts = 4_096;

    /// <summary>Simulators that are not in use: their tables cost more to allocate than a swap to execute. There are as many as have ever run at the same time.</summary>
    private readonly ConcurrentBag<Simulator> _spare = [];

    /// <summary>Simulates a bundle on the state of its base block.</summary>
    /// <exception cref="StateUnavailableException">The base block is unavailable.</exception>
    public async Task<SimRun> RunAsync(SimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var block = await OpenAsync(request.Block.BaseHash, cancellationToken).ConfigureAwait(false);
        var simulator = _spare.TryTake(out var spare) ? spare : new Simulator(recovery);
        var run = await RunAsync(simulator, block, request, cancellationToken).ConfigureAwait(false);
        if (run.Witness.State.PartCount <= MaxKeptParts)
        {
            _spare.Add(simulator); // but not after an exception
        }

        return run;
    }

    private async Task<SimRun> RunAsync(Simulator simulator, IBlockState block, SimRequest request, CancellationToken cancellationToken)
    {
        for (int round = 0; round < options.MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trust = block.Trust;
            var run = Execute(simulator, request, block.Reader, trust);
            if (run.Result.Outcome is SimOutcome.StateMissing missing)
            {
                switch (await FetchAsync(block, request, missing, round, cancellationToken).ConfigureAwait(false))
                {
                    case null:
                        continue;
                    case SimOutcome.StateMissing { Cause: GapCause.NotGiven }:
                        return run; // names what is missing, and its witness reproduces that
                    case var failure:
                        return Simulator.Unmade(request, block.Trust, failure);
                }
            }
            else if (block.Trust == trust)
            {
                return run;
            }
        }

        return Simulator.Unmade(request, block.Trust, new SimOutcome.LimitExceeded(SimLimit.Fetches, 0));
    }

    private static SimRun Execute(Simulator simulator, SimRequest request, IStateReader state, StateTrust trust)
    {
        using var span = Spans.Start(Spans.Execute);
        return simulator.Simulate(request, state, trust);
    }

    private async Task<IBlockState> OpenAsync(Hash256 block, CancellationToken cancellationToken)
    {
        using var span = Spans.Start(Spans.Fetch);
        return await provider.AtAsync(block, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first round fetches what the whole bundle is predicted to access, later rounds what is still missing.</summary>
    private static async Task<SimOutcome?> FetchAsync(
        IBlockState block, SimRequest request, SimOutcome.StateMissing missing, int round, CancellationToken cancellationToken)
    {
        using var span = Spans.Start(Spans.Fetch);
        if (round > 0)
        {
            return await block.FetchAsync(missing.Gap, cancellationToken).ConfigureAwait(false);
        }

        await block.PrefetchAsync(request, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
