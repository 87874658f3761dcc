using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Tries;

public sealed class TrieRootBuilderTests
{
    [Fact]
    public void No_entries_have_the_root_of_the_empty_trie() =>
        Assert.Equal("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", new TrieRootBuilder().ComputeRoot().ToString());

    [Fact]
    public void Keys_must_ascend_and_values_must_not_be_empty()
    {
        var builder = new TrieRootBuilder();
        builder.Add([2], [1]);

        Assert.Throws<ArgumentException>(() => builder.Add([1], [1]));
        Assert.Throws<ArgumentException>(() => builder.Add([2], [1]));
        Assert.Throws<ArgumentException>(() => builder.Add([3], []));
    }

    /// <summary>Compares with a trie that is built by inserting one entry after the other.</summary>
    [Fact]
    public void The_root_is_that_of_a_trie_built_by_insertion() =>
        Gen.Select(Gen.Byte[0, 40].Array[0, 4], Gen.Byte.Array[1, 40]).List[0, 40].Sample(
            entries =>
            {
                var sorted = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
                var inserted = InsertionTrie.Empty;
                foreach (var (key, value) in entries)
                {
                    sorted[Convert.ToHexString(key)] = value;
                    inserted = inserted.Insert(Convert.ToHexString(key), value);
                }

                var builder = new TrieRootBuilder();
                foreach (var (key, value) in sorted)
                {
                    builder.Add(Convert.FromHexString(key), value);
                }

                Assert.Equal(inserted.Root(), builder.ComputeRoot());
            },
            iter: 500);

    [Fact]
    public void A_list_of_any_length_has_its_items_in_the_order_of_their_encoded_indexes() =>
        Gen.Byte.Array[1, 60].List[0, 300].Sample(
            items =>
            {
                var inserted = InsertionTrie.Empty;
                for (int i = 0; i < items.Count; i++)
                {
                    var key = new ByteBuffer(16);
                    new RlpWriter(key).Write((ulong)i);
                    inserted = inserted.Insert(Convert.ToHexString(key.WrittenSpan), items[i]);
                }

                Assert.Equal(inserted.Root(), OrderedTrie.RootOf([.. items.Select(item => (ReadOnlyMemory<byte>)item)]));
            },
            iter: 50);

    /// <summary>The textbook form: a 16-way tree with values that is compressed when it is hashed.</summary>
    private sealed record InsertionTrie(byte[]? Value, SortedDictionary<char, InsertionTrie> Children)
    {
        public static InsertionTrie Empty => new(null, []);

        public InsertionTrie Insert(string nibbles, byte[] value)
        {
            if (nibbles.Length == 0)
            {
                return this with { Value = value };
            }

            Children[nibbles[0]] = Children.GetValueOrDefault(nibbles[0], Empty).Insert(nibbles[1..], value);
            return this;
        }

        public Hash256 Root() => Value is null && Children.Count == 0 ? Keccak256.Hash([0x80]) : Keccak256.Hash(Node(string.Empty));

        /// <summary>The node's encoding, preceded by the nibbles of the nodes above it that have no branch of their own.</summary>
        private byte[] Node(string path)
        {
            if (Value is null && Children.Count == 1)
            {
                var (nibble, child) = Children.First();
                return child.Node(path + nibble);
            }

            if (Children.Count == 0)
            {
                return List(writer =>
                {
                    writer.Write(Compact(path, isLeaf: true));
                    writer.Write(Value);
                });
            }

            byte[] branch = Branch();
            return path.Length == 0 ? branch : List(writer =>
            {
                writer.Write(Compact(path, isLeaf: false));
                WriteReference(writer, branch);
            });
        }

        private byte[] Branch() => List(writer =>
        {
            foreach (char nibble in "0123456789ABCDEF")
            {
                if (Children.TryGetValue(nibble, out var child))
                {
                    WriteReference(writer, child.Node(string.Empty));
                }
                else
                {
                    writer.Write([]);
                }
            }

            writer.Write(Value ?? []);
        });

        private static void WriteReference(RlpWriter writer, byte[] node)
        {
            if (node.Length < Hash256.Size)
            {
                writer.WriteEncoded(node);
            }
            else
            {
                writer.Write(Keccak256.Hash(node));
            }
        }

        private static byte[] Compact(string path, bool isLeaf)
        {
            string flag = (path.Length % 2 == 1, isLeaf) switch { (true, true) => "3", (true, false) => "1", (false, true) => "20", _ => "00" };
            return Convert.FromHexString(flag + path);
        }

        private static byte[] List(WriteItems write)
        {
            var output = new ByteBuffer(64);
            var writer = new RlpWriter(output);
            int start = writer.BeginList();
            write(writer);
            writer.EndList(start);
            return output.WrittenSpan.ToArray();
        }

        private delegate void WriteItems(RlpWriter writer);
    }
}
