using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Pools of Balancer V2 as their authors compiled them, deployed with a vault that answers 1 to everything and then calls them.</summary>
internal sealed class BalancerScene
{
    private const ulong Minute = 60;

    private static readonly Address s_vault = Address.Parse("0x00000000000000000000000000000000000b0000");
    private static readonly Address s_fees = Address.Parse("0x00000000000000000000000000000000000b1000");
    private static readonly Address s_owner = Address.Parse("0x00000000000000000000000000000000000b2000");

    private readonly ContractScene _scene = new();
    private readonly DeployedCode _code = DeployedCode.Read("balancer-code.json.zst");

    public BalancerScene() => _scene.Put(s_fees, ProbeCode.Yes);

    /// <summary>The id that every pool gets.</summary>
    public static UInt256 PoolId => UInt256.One;

    /// <summary>A token, in ascending order of addresses.</summary>
    public Address Token(int index, int decimals)
    {
        var address = Address.Parse($"0x00000000000000000000000000000000000{decimals:x2}{index}00");
        _scene.Put(address, ProbeCode.Always((ulong)decimals));
        return address;
    }

    /// <summary>A provider of a token's rate; no address for a rate of one.</summary>
    public Address RateProvider(int index, UInt256 rate)
    {
        if (rate == 1_000_000_000_000_000_000)
        {
            return default;
        }

        var address = Address.Parse($"0x00000000000000000000000000000000000c{index}{rate.LowUInt64 & 0xff:x2}0");
        _scene.Put(address, ProbeCode.Always(rate));
        return address;
    }

    /// <summary>Deploys a pool with the words of its constructor's arguments.</summary>
    public Address Deploy(string name, Func<Address, Address, Address, ulong, byte[]> arguments)
    {
        _scene.Put(s_vault, ProbeCode.Yes);
        var pool = _scene.Deploy([.. _code.CodeOf(name), .. arguments(s_vault, s_fees, s_owner, Minute)]);
        _scene.Remove(s_vault);
        return pool;
    }

    /// <summary>Calls the pool as the vault does for two tokens.</summary>
    public CallResult Swap(Address pool, bool isGivenIn, Address tokenIn, Address tokenOut, UInt256 amount, UInt256 balanceIn, UInt256 balanceOut)
    {
        byte[] request = Request(isGivenIn, tokenIn, tokenOut, amount);
        byte[] input = CallData.Of("onSwap((uint8,address,address,uint256,bytes32,uint256,address,address,bytes),uint256,uint256)")
            .Add(3 * UInt256.Size).Add(balanceIn).Add(balanceOut).AddRaw(request).ToArray();
        return _scene.Call(s_vault, pool, input, default);
    }

    /// <summary>Calls the pool as the vault does for a pool of several tokens.</summary>
    public CallResult Swap(Address pool, bool isGivenIn, Address[] tokens, int tokenIn, int tokenOut, UInt256 amount, UInt256[] balances)
    {
        byte[] request = Request(isGivenIn, tokens[tokenIn], tokens[tokenOut], amount);
        var input = CallData.Of("onSwap((uint8,address,address,uint256,bytes32,uint256,address,address,bytes),uint256[],uint256,uint256)")
            .Add(4 * UInt256.Size).Add((4 * UInt256.Size) + (ulong)request.Length).Add((ulong)tokenIn).Add((ulong)tokenOut).AddRaw(request).Add((ulong)balances.Length);
        foreach (var balance in balances)
        {
            input.Add(balance);
        }

        return _scene.Call(s_vault, pool, input.ToArray(), default);
    }

    private static byte[] Request(bool isGivenIn, Address tokenIn, Address tokenOut, UInt256 amount) =>
        CallData.Words().Add(isGivenIn ? 0UL : 1).Add(tokenIn).Add(tokenOut).Add(amount).Add(PoolId).Add(0).Add(s_owner).Add(s_owner).Add(9 * UInt256.Size).Add(0).ToArray();
}
