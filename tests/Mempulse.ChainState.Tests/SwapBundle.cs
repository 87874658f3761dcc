using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>A transaction of a random bundle, before it is signed.</summary>
internal sealed record SwapCall(int Signer, ulong Nonce, Address To, UInt256 Value, byte[] Input, ulong Gas);

/// <summary>Random bundles on Uniswap: swaps in every direction, transfers, wraps, and calls that fail in several ways.</summary>
internal static class SwapBundle
{
    private const string Exact = "swapExactTokensForTokens(uint256,uint256,address[],address,uint256)";
    private const string FromEther = "swapExactETHForTokens(uint256,address[],address,uint256)";
    private const string ToEther = "swapExactTokensForETH(uint256,uint256,address[],address,uint256)";

    public static List<SwapCall> Make(UniswapChain chain, SeededChoice random)
    {
        var calls = new List<SwapCall>();
        ulong[] nonces = [chain.NonceOf(0), chain.NonceOf(1), chain.NonceOf(2)];
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            int signer = random.Next(3);
            calls.Add(One(chain, random, signer, nonces[signer]++));
        }

        return calls;
    }

    private static SwapCall One(UniswapChain chain, SeededChoice random, int signer, ulong nonce)
    {
        var me = chain.Signers[signer].Account;
        var token = chain.Tokens[random.Next(2)];
        var other = token == chain.Tokens[0] ? chain.Tokens[1] : chain.Tokens[0];
        var amount = UniswapChain.Ether((ulong)random.Next(1, 5_000));
        ulong deadline = random.Next(10) == 0 ? 1 : UniswapChain.Deadline;
        var least = random.Next(6) == 0 ? UniswapChain.Ether(1_000_000_000) : default;
        ulong gas = random.Next(10) == 0 ? (ulong)random.Next(30_000, 120_000) : 400_000;
        SwapCall Call(Address to, UInt256 value, byte[] input) => new(signer, nonce, to, value, input, gas);
        return random.Next(7) switch
        {
            0 => Call(chain.Router, amount, UniswapChain.Data(FromEther, [least, 0x80UL, me, deadline, .. Path(chain.Weth, token)])),
            1 => Call(chain.Router, default, UniswapChain.Data(ToEther, [amount, least, 0xa0UL, me, deadline, .. Path(token, chain.Weth)])),
            2 => Call(chain.Router, default, UniswapChain.Data(Exact, [amount, least, 0xa0UL, me, deadline, .. Path(token, other)])),
            3 => Call(chain.Router, default, UniswapChain.Data(Exact, [amount, least, 0xa0UL, me, deadline, .. Path(token, chain.Weth, other)])),
            4 => Call(token, default, UniswapChain.Data("transfer(address,uint256)", chain.Signers[random.Next(3)].Account, amount)),
            5 => Call(chain.Weth, amount, UniswapChain.Data("deposit()")),
            _ => Call(chain.Weth, default, UniswapChain.Data("withdraw(uint256)", amount)),
        };
    }

    private static object[] Path(params Address[] tokens) => [(ulong)tokens.Length, .. tokens.Cast<object>()];
}
