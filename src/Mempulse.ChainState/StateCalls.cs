using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState;

/// <summary>Asks contracts in our own EVM on the state of a block, without changing it. What a call misses is fetched, with proofs where the node gives them.</summary>
/// <remarks>Confined to one caller at a time; several instances may share a state.</remarks>
/// <param name="state">The state of the block.</param>
/// <param name="header">The block: calls see its number and time, as those of eth_call do.</param>
/// <param name="chain">The chain.</param>
/// <param name="recovery">Recovers senders for contracts that do.</param>
public sealed class StateCalls(IBlockState state, BlockHeader header, ChainId chain, ISenderRecovery recovery)
{
    /// <summary>The gas of a call.</summary>
    public const ulong GasLimit = 10_000_000;

    /// <summary>Parts of the state that one call may miss. A price takes some dozen.</summary>
    public const int MaxRounds = 128;

    private readonly EvmExecutor _executor = new(recovery);
    private readonly WorldState _world = new(new CallerState(state.Reader));
    private readonly List<StateGap> _missed = [];
    private readonly BlockEnv _block = SimBlock.At(header, chain.Value, ForkSchedule.Of(chain).After(header)).ToEnv() with { Coinbase = default, BaseFee = default };

    /// <summary>What calls missed, in order: what the same calls read at the next block, most likely.</summary>
    public IReadOnlyList<StateGap> Missed => _missed;

    /// <summary>Calls a contract from the zero address.</summary>
    public async Task<CallAnswer> CallAsync(Address contract, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var call = new EvmTransaction { Type = TxType.Legacy, Sender = default, Nonce = 0, GasLimit = GasLimit, Recipient = contract, Input = input };
        for (int round = 0; round < MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _world.Reset(new CallerState(state.Reader));
            switch (_executor.ExecuteTransaction(_block, call, _world))
            {
                case TxExecution.Executed { IsSuccess: true } executed:
                    return new CallAnswer(true, executed.Output.ToArray(), null);
                case TxExecution.StateMissing missing:
                    _missed.Add(missing.Gap);
                    if (await state.FetchAsync(missing.Gap, cancellationToken).ConfigureAwait(false) is { } failure)
                    {
                        return new CallAnswer(false, default, failure);
                    }

                    break;
                default:
                    return new CallAnswer(false, default, null);
            }
        }

        return new CallAnswer(false, default, new SimOutcome.LimitExceeded(SimLimit.Fetches, 0));
    }

    /// <summary>The state with a caller that is not fetched: it sends nothing and pays nothing.</summary>
    private sealed class CallerState(IStateReader inner) : IStateReader
    {
        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            if (!address.IsZero)
            {
                return inner.ReadAccount(address, out account);
            }

            account = default;
            return ReadOutcome.Absent;
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) => inner.ReadStorage(address, slot, out value);

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => inner.ReadCode(address, codeHash, out code);

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => inner.ReadBlockHash(number, out hash);
    }
}
