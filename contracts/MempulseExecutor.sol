// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IPair {
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
}

interface ITickPool {
    function swap(address recipient, bool zeroForOne, int256 amountSpecified, uint160 sqrtPriceLimitX96, bytes calldata data)
        external
        returns (int256 amount0, int256 amount1);
}

interface IToken {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function withdraw(uint256 amount) external;
}

/// Exchanges wrapped ether along a cycle of two to four pools, and reverts unless that gains at least what its owner asks for.
/// Everything it holds belongs to the owner, and only the owner can make it act. It keeps no approvals, and calls only the pools and tokens that the owner names.
contract MempulseExecutor {
    /// One exchange. The amounts are those that were computed beforehand: a pool at another state takes or gives others, and the gain decides.
    struct Swap {
        address pool;
        address tokenIn;
        address tokenOut;
        bool isPair; // a constant-product pair; otherwise a pool with ticks that calls back
        uint256 amountIn;
        uint256 amountOut;
    }

    /// The block is later than the last one that the owner wanted.
    error TooLate(uint256 lastBlock);
    /// Fewer than two exchanges, more than four, or not a cycle of wrapped ether.
    error NoCycle();
    /// The exchanges gain less than the least profit and the tip.
    error ProfitTooSmall(uint256 gain);
    /// Only the owner may do this.
    error NotOwner();
    /// A callback that no exchange of this contract asked for.
    error NotAsked();
    /// A token, or the recipient of ether, refused.
    error Refused(address account);

    // One above and one below the limits of TickMath of Uniswap V3: the price is bounded by the amounts.
    uint160 private constant LOWEST_PRICE = 4295128740;
    uint160 private constant HIGHEST_PRICE = 1461446703485210103287273052203988822378723970341;

    address public immutable owner;
    address public immutable weth;

    // The pool that may call back, and the token that it may ask for, while an exchange with it runs.
    address private transient _asked;
    address private transient _owed;

    constructor(address weth_) {
        owner = msg.sender;
        weth = weth_;
    }

    receive() external payable {}

    /// Makes the exchanges in order.
    /// @param swaps two to four, which begin and end with wrapped ether
    /// @param leastProfit the least gain of wrapped ether after the tip, in wei
    /// @param tip what the block's fee recipient gets out of the gain, in wei
    /// @param lastBlock the last block in which this may happen
    /// @return profit the gain after the tip
    function execute(Swap[] calldata swaps, uint256 leastProfit, uint256 tip, uint256 lastBlock) external returns (uint256 profit) {
        if (msg.sender != owner) revert NotOwner();
        if (block.number > lastBlock) revert TooLate(lastBlock);
        uint256 count = swaps.length;
        if (count < 2 || count > 4 || swaps[0].tokenIn != weth || swaps[count - 1].tokenOut != weth) revert NoCycle();

        uint256 before = IToken(weth).balanceOf(address(this));
        for (uint256 i = 0; i < count; ++i) {
            Swap calldata one = swaps[i];
            if (i > 0 && one.tokenIn != swaps[i - 1].tokenOut) revert NoCycle();
            if (one.isPair) {
                _send(one.tokenIn, one.pool, one.amountIn);
                bool isLower = one.tokenIn < one.tokenOut;
                IPair(one.pool).swap(isLower ? 0 : one.amountOut, isLower ? one.amountOut : 0, address(this), "");
            } else {
                (_asked, _owed) = (one.pool, one.tokenIn);
                bool isZeroForOne = one.tokenIn < one.tokenOut;
                ITickPool(one.pool).swap(address(this), isZeroForOne, int256(one.amountIn), isZeroForOne ? LOWEST_PRICE : HIGHEST_PRICE, "");
                (_asked, _owed) = (address(0), address(0));
            }
        }

        uint256 afterwards = IToken(weth).balanceOf(address(this));
        uint256 gain = afterwards > before ? afterwards - before : 0;
        if (gain < tip || gain - tip < leastProfit) revert ProfitTooSmall(gain);
        profit = gain - tip;
        if (tip > 0) {
            IToken(weth).withdraw(tip);
            (bool isPaid, ) = block.coinbase.call{value: tip}("");
            if (!isPaid) revert Refused(block.coinbase);
        }
    }

    /// Pays a pool of Uniswap V3, and of its forks, that is being exchanged with.
    function uniswapV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata) external {
        _pay(amount0Delta, amount1Delta);
    }

    /// The same for PancakeSwap V3.
    function pancakeV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata) external {
        _pay(amount0Delta, amount1Delta);
    }

    /// Sends a token that this contract holds, or ether for the zero address.
    function withdraw(address token, uint256 amount, address payable to) external {
        if (msg.sender != owner) revert NotOwner();
        if (token != address(0)) {
            _send(token, to, amount);
            return;
        }
        (bool isPaid, ) = to.call{value: amount}("");
        if (!isPaid) revert Refused(to);
    }

    function _pay(int256 amount0Delta, int256 amount1Delta) private {
        if (msg.sender != _asked || _asked == address(0)) revert NotAsked();
        _send(_owed, msg.sender, uint256(amount0Delta > 0 ? amount0Delta : amount1Delta));
        _asked = address(0); // it is paid once
    }

    /// Tokens that return nothing are taken at their word; those that return false are not.
    function _send(address token, address to, uint256 amount) private {
        (bool isDone, bytes memory answer) = token.call(abi.encodeCall(IToken.transfer, (to, amount)));
        if (!isDone || token.code.length == 0 || (answer.length > 0 && !abi.decode(answer, (bool)))) revert Refused(token);
    }
}
