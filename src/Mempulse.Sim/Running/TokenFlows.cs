using System.Numerics;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Running;

/// <summary>Sums the token transfers to and from an account. <see href="https://eips.ethereum.org/EIPS/eip-20"/></summary>
internal sealed class TokenFlows(Address account)
{
    private const int TransferTopics = 3;

    private static readonly Hash256 Transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);

    private readonly SortedDictionary<Address, BigInteger> _amounts = [];

    public void Add(IReadOnlyList<LogEntry> logs)
    {
        for (int i = 0; i < logs.Count; i++)
        {
            var log = logs[i];
            if (log.Topics.Count == TransferTopics && log.Data.Length == UInt256.Size && log.Topics[0] == Transfer)
            {
                var amount = new BigInteger(log.Data.Span, isUnsigned: true, isBigEndian: true);
                Move(log.Address, log.Topics[1], -amount);
                Move(log.Address, log.Topics[2], amount);
            }
        }
    }

    public IReadOnlyList<TokenDelta> Finish()
    {
        var deltas = new List<TokenDelta>();
        foreach (var (token, amount) in _amounts)
        {
            if (!amount.IsZero)
            {
                deltas.Add(new TokenDelta(token, amount));
            }
        }

        return deltas;
    }

    private void Move(in Address token, in Hash256 holder, BigInteger amount)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        holder.CopyTo(bytes);
        if (new Address(bytes[(Hash256.Size - Address.Size)..]) == account)
        {
            _amounts[token] = _amounts.TryGetValue(token, out var before) ? before + amount : amount;
        }
    }
}
