using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>What a router holds while a transaction runs, as far as the calldata tells. Reused; confined to its caller.</summary>
internal sealed class TokenBalances
{
    private readonly List<(Address Token, UInt256 Amount)> _balances = [];

    public void Clear() => _balances.Clear();

    public void Add(in Address token, in UInt256 amount)
    {
        for (int i = 0; i < _balances.Count; i++)
        {
            if (_balances[i].Token == token)
            {
                var sum = UInt256.Add(_balances[i].Amount, amount, out bool wrapped);
                _balances[i] = (token, wrapped ? UInt256.MaxValue : sum);
                return;
            }
        }

        _balances.Add((token, amount));
    }

    /// <summary>Takes all that is held of a token; zero if nothing is known to be.</summary>
    public UInt256 Take(in Address token)
    {
        for (int i = 0; i < _balances.Count; i++)
        {
            if (_balances[i].Token == token)
            {
                var amount = _balances[i].Amount;
                _balances.RemoveAt(i);
                return amount;
            }
        }

        return UInt256.Zero;
    }
}
