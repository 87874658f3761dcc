using Mempulse.Primitives;

namespace Mempulse.Testing.Contracts;

/// <summary>Small contracts that tests put beside real ones.</summary>
internal static class ProbeCode
{
    /// <summary>Returns 1 for every call: a token that transfers whatever it is asked to.</summary>
    public static byte[] Yes { get; } = Convert.FromHexString("60015f5260205ff3");

    /// <summary>Returns the same word for every call: a token with so many decimals, or a rate.</summary>
    public static byte[] Always(UInt256 word) => [0x7f, .. CallData.Words().Add(word).ToArray(), .. Convert.FromHexString("5f5260205ff3")];

    /// <summary>A price feed whose answer, the second of five words, is slot 0.</summary>
    public static byte[] Feed { get; } = Convert.FromHexString("5f5460205260a05ff3");

    /// <summary>A token whose one holder has as much as slot 0 says: transfer takes from it.</summary>
    public static byte[] Purse { get; } = Convert.FromHexString(
        "5f3560e01c6370a0823114601e57" // balanceOf's selector
        + "6024355f5403" + "5f55" + "60015f5260205ff3" // transfer
        + "5b5f545f5260205ff3");

    /// <summary>A token whose one holder has as much as slot 0 says: transferFrom adds to it, and every other call returns 1.</summary>
    public static byte[] Till { get; } = Convert.FromHexString(
        "5f3560e01c" + "806370a0823114602057" + "6323b872dd14602957" + "60015f5260205ff3" // balanceOf, transferFrom, others
        + "5b5f545f5260205ff3" + "5b6044355f54015f5560015f5260205ff3");

    /// <summary>
    /// Forwards the input after the first word to the contract that this names, and returns what it gives back, reverted or not. As the callback of
    /// a Uniswap V3 swap it reverts with both amounts, slot0's price and tick, and the liquidity, all after the swap.
    /// </summary>
    public static byte[] V3Caller { get; } = Convert.FromHexString(
        "5f3560e01c63fa461e3314602857" // the callback's selector
        + "60203603" + "8060205f37" + "5f5f91" + "5f5f5f355af150" + "3d5f5f3e3d5ff3" // forward
        + "5b" + "604060045f37" // amounts
        + "633850c7bd60e01b61010052" + "604060406004610100" + "5f335af150" // slot0
        + "631a68650260e01b61010052" + "602060806004610100" + "5f335af150" // liquidity
        + "60a05ffd");

    /// <summary>
    /// Forwards the input after the first word to the contract that this names, and returns what it gives back, reverted or not. As the callback of
    /// Uniswap V4's unlock, whose data is two slots and a call, it makes the call and reverts with its first word and the slots after it.
    /// </summary>
    public static byte[] V4Caller { get; } = Convert.FromHexString(
        "5f3560e01c6391dd734614602857" // unlockCallback's selector
        + "60203603" + "8060205f37" + "5f5f91" + "5f5f5f355af150" + "3d5f5f3e3d5ff3" // forward
        + "5b" + "604060243503" + "806084610200" + "37" // the call, from 0x200
        + "5f602091" + "6102005f335af1" + "604b57" + "3d5f5f3e3d5ffd" + "5b" // make it, or revert as it did
        + "631e2eaeaf60e01b61010052" + "60443561010452" + "602060206024610100" + "5f335af150" // extsload of the first slot
        + "60643561010452" + "602060406024610100" + "5f335af150" // and of the second
        + "60605ffd");

    /// <summary>Forwards the input after the first word to the contract that this names, and accepts the callbacks of Uniswap V3's swap and mint.</summary>
    public static byte[] V3Forwarder { get; } = Convert.FromHexString(
        "5f3560e01c" + "8063fa461e3314603057" + "63d348799714603057" // a callback's selector
        + "60203603" + "8060205f37" + "5f5f82" + "5f5f5f355af1" // forward
        + "603057" + "5f5ffd" + "5b00");

    /// <summary>A token whose balances grow with the gas that was used, so that whatever is asked for has arrived; every transfer succeeds.</summary>
    public static byte[] Growing { get; } = Convert.FromHexString(
        "5f3560e01c63a9059cbb14602357" + "5a68010000000000000000036080" + "1b5f5260205ff3" + "5b60015f5260205ff3");
}
