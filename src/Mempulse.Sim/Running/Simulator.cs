using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Running;

/// <summary>Executes bundles on the state of a block: a function of the request and what the reader answers, and of nothing else.</summary>
/// <remarks>
/// Confined to one thread; keeps its tables for the next run. Never throws for any bundle, bytecode or state: see <see cref="SimOutcome"/>.
/// Where the reader says "missing", the outcome names what; whoever runs the simulator fetches it and runs again.
/// </remarks>
public sealed class Simulator
{
    private readonly EvmExecutor _executor;
    private readonly EvmTransactionReader _reader;
    private WorldState? _state;

    /// <summary>A simulator whose senders are found by <paramref name="recovery"/>.</summary>
    public Simulator(ISenderRecovery recovery)
    {
        _executor = new EvmExecutor(recovery);
        _reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
    }

    /// <summary>Executes a bundle.</summary>
    /// <param name="request">What is to be simulated.</param>
    /// <param name="reader">The state of the base block.</param>
    /// <param name="trust">How far that state can be trusted; told in the result.</param>
    public SimRun Simulate(SimRequest request, IStateReader reader, StateTrust trust)
    {
        var recorder = new ReadRecorder(reader);
        IStateReader state = request.Overrides.Count == 0 ? recorder : new OverriddenState(recorder, request.Overrides);
        if (_state is null)
        {
            _state = new WorldState(state);
        }

        _state.Reset(state);
        var witness = new Witness(request, recorder.Seen, trust);
        return new BundleRun(request, _executor, _reader, _state, witness).Run();
    }

    /// <summary>Executes a recorded simulation again.</summary>
    public SimRun Rerun(Witness witness) => witness.Unmade is { } outcome
        ? Unmade(witness.Request, witness.Trust, outcome)
        : Simulate(witness.Request, witness.State, witness.Trust);

    /// <summary>The result of a simulation that could not be made: a node was wrong about its state, or it took too many rounds to fetch it.</summary>
    public static SimRun Unmade(SimRequest request, StateTrust trust, SimOutcome outcome) => new(
        new SimResult
        {
            SimId = SimRequestCodec.IdOf(request),
            EngineVersion = SimVersions.Engine,
            RulesVersion = SimVersions.Rules,
            Outcome = outcome,
            Trust = trust,
            Account = request.Account ?? Address.Zero,
            TraceDigest = Keccak256.OfNothing,
        },
        default,
        new Witness(request, new KnownState(), trust) { Unmade = outcome });
}
