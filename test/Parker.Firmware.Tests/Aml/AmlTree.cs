using System.Globalization;
using Parker.Firmware.Aml;

namespace Parker.Firmware.Tests.Aml;

/// <summary>A term of AML together with the text that <see cref="AmlText"/> must read from its bytes.</summary>
/// <param name="Term">The term.</param>
/// <param name="Text">The text.</param>
internal sealed record AmlTree(AmlTerm Term, string Text)
{
    private const int MaxDepth = 12;

    /// <summary>Grows a tree by choices: any bytes give one, and more bytes a larger one.</summary>
    public static AmlTree Grow(ReadOnlySpan<byte> choices)
    {
        Chooser chooser = new(choices);
        return Grow(ref chooser, 0);
    }

    /// <summary>Grows a tree, and reads it back.</summary>
    /// <exception cref="InvalidOperationException">It is another one then.</exception>
    public static void AssertReadBack(ReadOnlySpan<byte> choices)
    {
        AmlTree tree = Grow(choices);
        string read = AmlText.Of(tree.Term.Encoding.Span);
        if (!string.Equals(tree.Text, read, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Written was {tree.Text}, and read was {read}.");
        }
    }

    private static AmlTree Grow(ref Chooser chooser, int depth)
    {
        int kind = depth >= MaxDepth || chooser.IsAtEnd ? chooser.Next(5) : chooser.Next(20);
        switch (kind)
        {
            case 0:
                ulong number = chooser.Number();
                return new(AmlCode.Number(number), $"0x{number:x}");
            case 1:
                int local = chooser.Next(8);
                return new(AmlCode.Local(local), $"Local{local}");
            case 2:
                int arg = chooser.Next(7);
                return new(AmlCode.Arg(arg), $"Arg{arg}");
            case 3:
                (string path, string padded) = Path(ref chooser);
                return new(AmlCode.Path(path), padded);
            case 4:
                string text = new([.. chooser.Bytes().Select(value => (char)(value % 95 + 32)).Where(character => character != '"')]);
                return new(AmlCode.Text(text), $"\"{text}\"");
            case 5:
                byte[] bytes = chooser.Bytes();
                return new(AmlCode.Buffer(bytes), $"Buffer(:0x{bytes.Length:x}:{Convert.ToHexStringLower(bytes)})");
            case 6:
                AmlTree[] elements = Many(ref chooser, depth);
                return new(AmlCode.Package(Terms(elements)), $"Package(#{elements.Length}:{Join(elements)})");
            case 7:
                AmlTree value7 = Grow(ref chooser, depth + 1);
                (path, padded) = Path(ref chooser);
                return new(AmlCode.Name(path, value7.Term), $"Name({padded},{value7.Text})");
            case 8:
                return Container(ref chooser, depth, "Scope", AmlCode.Scope);
            case 9:
                return Container(ref chooser, depth, "Device", AmlCode.Device);
            case 10:
                return Container(ref chooser, depth, "ThermalZone", AmlCode.ThermalZone);
            case 11:
                (path, padded) = Path(ref chooser);
                int arguments = chooser.Next(8);
                AmlTree[] body = Many(ref chooser, depth);
                return new(AmlCode.Method(path, arguments, Terms(body)), $"Method({padded}#{arguments}:{Join(body)})");
            case 12:
                return Field(ref chooser);
            case 13:
                return Region(ref chooser, depth);
            case 14:
                AmlTree predicate = Grow(ref chooser, depth + 1);
                body = Many(ref chooser, depth);
                return new(AmlCode.If(predicate.Term, Terms(body)), $"If(:{Join([predicate, .. body])})");
            case 15:
                body = Many(ref chooser, depth);
                return new(AmlCode.Else(Terms(body)), $"Else(:{Join(body)})");
            case 16:
                AmlTree returned = Grow(ref chooser, depth + 1);
                return new(AmlCode.Return(returned.Term), $"Return({returned.Text})");
            case 17:
                AmlTree left = Grow(ref chooser, depth + 1), right = Grow(ref chooser, depth + 1), target = Grow(ref chooser, depth + 1);
                return new(AmlCode.Add(left.Term, right.Term, target.Term), $"Add({left.Text},{right.Text},{target.Text})");
            default:
                return Pair(ref chooser, depth);
        }
    }

    private static AmlTree Container(ref Chooser chooser, int depth, string kind, Func<string, IEnumerable<AmlTerm>, AmlTerm> make)
    {
        (string path, string padded) = Path(ref chooser);
        AmlTree[] content = Many(ref chooser, depth);
        return new(make(path, Terms(content)), $"{kind}({padded}:{Join(content)})");
    }

    private static AmlTree Pair(ref Chooser chooser, int depth)
    {
        (string name, Func<AmlTerm, AmlTerm, AmlTerm> make) = chooser.Next(5) switch
        {
            0 => ("Store", (Func<AmlTerm, AmlTerm, AmlTerm>)AmlCode.Store),
            1 => ("LEqual", AmlCode.LEqual),
            2 => ("LGreater", AmlCode.LGreater),
            3 => ("LLess", AmlCode.LLess),
            _ => ("Notify", AmlCode.Notify),
        };
        AmlTree left = Grow(ref chooser, depth + 1), right = Grow(ref chooser, depth + 1);
        return new(make(left.Term, right.Term), $"{name}({left.Text},{right.Text})");
    }

    private static AmlTree Region(ref Chooser chooser, int depth)
    {
        (string path, string padded) = Path(ref chooser);
        AmlRegionSpace space = (AmlRegionSpace)chooser.Next(2);
        AmlTree offset = Grow(ref chooser, depth + 1), length = Grow(ref chooser, depth + 1);
        return new(AmlCode.OperationRegion(path, space, offset.Term, length.Term), $"OperationRegion({padded},space{(int)space},{offset.Text},{length.Text})");
    }

    private static AmlTree Field(ref Chooser chooser)
    {
        (string path, string padded) = Path(ref chooser);
        AmlFieldAccess access = (AmlFieldAccess)chooser.Next(5);
        List<AmlFieldUnit> units = [];
        string text = "";
        for (int count = chooser.Next(6); count > 0; count--)
        {
            int bits = (int)(chooser.Number() % (AmlPackageLength.Max + 1UL));
            bool isNamed = chooser.Next(2) == 0;
            string name = isNamed ? Segment(ref chooser) : "";
            units.Add(isNamed ? AmlFieldUnit.Named(name, bits) : AmlFieldUnit.Reserved(bits));
            text += string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(isNamed ? 4 : 0, '_')}/{bits};");
        }

        return new(AmlCode.Field(path, access, units), $"Field({padded}#{(int)access}:{text})");
    }

    private static AmlTree[] Many(ref Chooser chooser, int depth)
    {
        List<AmlTree> trees = [];
        for (int count = chooser.Next(5); count > 0; count--)
        {
            trees.Add(Grow(ref chooser, depth + 1));
        }

        return [.. trees];
    }

    private static (string Path, string Padded) Path(ref Chooser chooser)
    {
        string prefix = chooser.Next(4) switch { 0 => "\\", 1 => new string('^', chooser.Next(4)), _ => "" };
        List<string> segments = [];
        for (int count = chooser.Next(5) + (prefix == "\\" ? 0 : 1); count > 0; count--)
        {
            segments.Add(Segment(ref chooser));
        }

        return (prefix + string.Join('.', segments), prefix + string.Join('.', segments.Select(segment => segment.PadRight(4, '_'))));
    }

    private static string Segment(ref Chooser chooser)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
        string segment = Letters[chooser.Next(27)].ToString();
        for (int count = chooser.Next(4); count > 0; count--)
        {
            segment += Letters[chooser.Next(Letters.Length)];
        }

        return segment;
    }

    private static AmlTerm[] Terms(AmlTree[] trees) => [.. trees.Select(tree => tree.Term)];

    private static string Join(AmlTree[] trees) => string.Join(',', trees.Select(tree => tree.Text));

    private ref struct Chooser(ReadOnlySpan<byte> choices)
    {
        private ReadOnlySpan<byte> _rest = choices;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public int Next(int count)
        {
            if (_rest.IsEmpty)
            {
                return 0;
            }

            int choice = _rest[0] % count;
            _rest = _rest[1..];
            return choice;
        }

        // Of any size: the first choice says how many bytes it has.
        public ulong Number()
        {
            ulong number = 0;
            for (int bytes = Next(9); bytes > 0; bytes--)
            {
                number = (number << 8) | (uint)Next(256);
            }

            return number;
        }

        // Long now and then, so that lengths of two and three bytes are met.
        public byte[] Bytes()
        {
            int length = Next(8) switch { 0 => Next(256) * 37, 1 => Next(256) + 4000, _ => Next(80) };
            byte[] bytes = new byte[length];
            Array.Fill(bytes, (byte)Next(256));
            return bytes;
        }
    }
}
