using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
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
    /// <summary>Most bytes of lines that a trace of instructions keeps. Part of what its digest depends on, so no option.</summary>
    public const int MaxStepBytes = 4 << 20;

    private readonly EvmExecutor _executor;
    private readonly EvmTransactionReader _reader;
    private WorldState? _state;
    private ByteBuffer? _lines; // grows to megabytes, so it is kept

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
    public SimRun Simulate(SimRequest request, IStateReader reader, StateTrust trust) => Run(request, reader, trust, steps: null);

    /// <summary>Executes a recorded simulation again.</summary>
    public SimRun Rerun(Witness witness) => witness.Unmade is { } outcome
        ? Unmade(witness.Request, witness.Trust, outcome)
        : Simulate(witness.Request, witness.State, witness.Trust);

    /// <summary>Executes a recorded simulation again and writes every instruction down, as far as <see cref="MaxStepBytes"/> goes (EIP-3155).</summary>
    /// <remarks>The simulation itself pays nothing for a trace that may be wanted: what it read is enough to see it again, instruction by instruction.</remarks>
    /// <returns>Lines of JSON in UTF-8; empty where nothing was executed. The same witness gives the same bytes.</returns>
    public ReadOnlyMemory<byte> TraceSteps(Witness witness)
    {
        _lines ??= new ByteBuffer();
        using var steps = new StepTraceJson(MaxStepBytes, _lines);
        if (witness.Unmade is null)
        {
            Run(witness.Request, witness.State, witness.Trust, steps);
        }

        return steps.Lines.ToArray();
    }

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

    private SimRun Run(SimRequest request, IStateReader reader, StateTrust trust, StepTraceJson? steps)
    {
        var recorder = new ReadRecorder(reader);
        IStateReader state = request.Overrides.Count == 0 ? recorder : new ChangedState(recorder, Changes(request.Overrides));
        if (_state is null)
        {
            _state = new WorldState(state);
        }

        _state.Reset(state);
        var witness = new Witness(request, recorder.Seen, trust);
        return new BundleRun(request, _executor, _reader, _state, witness, steps).Run();
    }

    private static AccountChange[] Changes(IReadOnlyList<StateOverride> overrides)
    {
        var changes = new AccountChange[overrides.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            var wanted = overrides[i];
            changes[i] = new AccountChange(wanted.Address)
            {
                Balance = wanted.Balance,
                Nonce = wanted.Nonce,
                Code = wanted.Code is { } code ? ContractCode.Of(code.Span) : null,
                Slots = wanted.Slots,
            };
        }

        return changes;
    }
}
