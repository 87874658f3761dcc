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

/// <summary>Executes bundles on the state of a block; the result depends only on the request and the values that the state reader returns.</summary>
/// <remarks>
/// Confined to one thread; reuses its tables for the next run. No bundle, bytecode or state makes it throw; see <see cref="SimOutcome"/>. When the
/// reader returns "missing", the outcome names the missing part, and the caller fetches it and runs again.
/// </remarks>
public sealed class Simulator
{
    /// <summary>Maximum size of a step trace in bytes. A constant rather than an option because the trace's digest depends on it.</summary>
    public const int MaxStepBytes = 4 << 20;

    private readonly EvmExecutor _executor;
    private readonly EvmTransactionReader _reader;
    private WorldState? _state;
    private ByteBuffer? _lines; // reused, because it grows to megabytes

    /// <summary>Creates a simulator that recovers senders with <paramref name="recovery"/>.</summary>
    public Simulator(ISenderRecovery recovery)
    {
        _executor = new EvmExecutor(recovery);
        _reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
    }

    /// <summary>Executes a bundle.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reader">Reads the state of the base block.</param>
    /// <param name="trust">How far that state can be trusted; copied to the result.</param>
    public SimRun Simulate(SimRequest request, IStateReader reader, StateTrust trust) => Run(request, reader, trust, steps: null);

    /// <summary>Executes a recorded simulation again, from its witness alone.</summary>
    public SimRun Rerun(Witness witness) => witness.Unmade is { } outcome
        ? Unmade(witness.Request, witness.Trust, outcome)
        : Simulate(witness.Request, witness.State, witness.Trust);

    /// <summary>Executes a recorded simulation again and traces every instruction (EIP-3155), up to <see cref="MaxStepBytes"/>.</summary>
    /// <remarks>Tracing after the fact from the witness costs the original simulation nothing.</remarks>
    /// <returns>JSON lines in UTF-8; empty when nothing was executed. The same witness gives the same bytes.</returns>
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

    /// <summary>Returns the run of a simulation that was not executed, because its state was wrong, not proven, or took too many rounds to fetch.</summary>
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
        var recorder = new ReadRecorder(reader, new KnownState());
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
