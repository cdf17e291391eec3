using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Parker.Firmware.Aml;

/// <summary>The grammar of AML, as far as Parker's tables need it: each member makes one term from others, named as in ASL.</summary>
/// <remarks>ACPI specification, "AML Grammar Definition". Integers and lengths get their shortest encoding, as <c>iasl</c> gives them.</remarks>
public static class AmlCode
{
    /// <summary>0.</summary>
    public static AmlTerm Zero { get; } = new([0x00]);

    /// <summary>1.</summary>
    public static AmlTerm One { get; } = new([0x01]);

    /// <summary>A number.</summary>
    public static AmlTerm Number(ulong value) => new(value switch
    {
        0 => [0x00],
        1 => [0x01],
        ulong.MaxValue => [0xFF],
        <= byte.MaxValue => [0x0A, (byte)value],
        <= ushort.MaxValue => [0x0B, .. LittleEndian(value, 2)],
        <= uint.MaxValue => [0x0C, .. LittleEndian(value, 4)],
        _ => [0x0E, .. LittleEndian(value, 8)],
    });

    /// <summary>A text of ASCII characters without NUL.</summary>
    /// <exception cref="ArgumentException">It has other characters.</exception>
    public static AmlTerm Text(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.All(character => character is > '\0' and < (char)0x80)
            ? new([0x0D, .. Encoding.ASCII.GetBytes(value), 0x00])
            : throw new ArgumentException("A text of AML has ASCII characters and no NUL.", nameof(value));
    }

    /// <summary>The number that stands for a plug-and-play ID such as <c>PNP0A08</c>.</summary>
    /// <exception cref="ArgumentException">It is not three upper-case letters and four hexadecimal digits.</exception>
    public static AmlTerm EisaId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length != 7 || !id[..3].All(char.IsAsciiLetterUpper)
            || !ushort.TryParse(id.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort product))
        {
            throw new ArgumentException($"'{id}' is not three upper-case letters and four hexadecimal digits.", nameof(id));
        }

        uint maker = (uint)(((id[0] - '@') << 10) | ((id[1] - '@') << 5) | (id[2] - '@'));
        return Number(BinaryPrimitives.ReverseEndianness((maker << 16) | product));
    }

    /// <summary>Bytes.</summary>
    public static AmlTerm Buffer(ReadOnlySpan<byte> content) => Packaged([0x11], [.. Number((ulong)content.Length).Encoding.Span, .. content]);

    /// <summary>A list of at most 255 terms.</summary>
    public static AmlTerm Package(params AmlTerm[] elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return Packaged([0x12], [checked((byte)elements.Length), .. AmlTerm.Join(elements)]);
    }

    /// <summary>What a name stands for; of a method, its call without arguments.</summary>
    public static AmlTerm Path(string path) => new(AmlName.Encode(path));

    /// <summary>A local variable, 0 to 7.</summary>
    public static AmlTerm Local(int number) => new([checked((byte)(0x60 + InRange(number, 7)))]);

    /// <summary>An argument of the method, 0 to 6.</summary>
    public static AmlTerm Arg(int number) => new([checked((byte)(0x68 + InRange(number, 6)))]);

    /// <summary>Gives a value a name.</summary>
    public static AmlTerm Name(string path, AmlTerm value) => Concatenate([0x08, .. AmlName.Encode(path)], value);

    /// <summary>Opens a name that exists.</summary>
    public static AmlTerm Scope(string path, params IEnumerable<AmlTerm> content) => Packaged([0x10], [.. AmlName.Encode(path), .. AmlTerm.Join(content)]);

    /// <summary>A device.</summary>
    public static AmlTerm Device(string path, params IEnumerable<AmlTerm> content) => Packaged([0x5B, 0x82], [.. AmlName.Encode(path), .. AmlTerm.Join(content)]);

    /// <summary>A thermal zone.</summary>
    public static AmlTerm ThermalZone(string path, params IEnumerable<AmlTerm> content) => Packaged([0x5B, 0x85], [.. AmlName.Encode(path), .. AmlTerm.Join(content)]);

    /// <summary>A method that several threads may run at once.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="argumentCount">0 to 7.</param>
    /// <param name="statements">What it does.</param>
    public static AmlTerm Method(string path, int argumentCount, params IEnumerable<AmlTerm> statements) =>
        Packaged([0x14], [.. AmlName.Encode(path), (byte)InRange(argumentCount, 7), .. AmlTerm.Join(statements)]);

    /// <summary>A method that one thread runs at a time, as one must that names things.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="argumentCount">0 to 7.</param>
    /// <param name="statements">What it does.</param>
    public static AmlTerm SerializedMethod(string path, int argumentCount, params IEnumerable<AmlTerm> statements) =>
        Packaged([0x14], [.. AmlName.Encode(path), (byte)(InRange(argumentCount, 7) | 0x08), .. AmlTerm.Join(statements)]);

    /// <summary>Gives a range of addresses a name.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="space">What the addresses are.</param>
    /// <param name="offset">The first address.</param>
    /// <param name="length">How many bytes.</param>
    public static AmlTerm OperationRegion(string path, AmlRegionSpace space, AmlTerm offset, AmlTerm length) =>
        Concatenate([0x5B, 0x80, .. AmlName.Encode(path), (byte)space], offset, length);

    /// <summary>Names bits of an operation region, from its start on; no lock is taken, and neighbours keep their bits.</summary>
    public static AmlTerm Field(string region, AmlFieldAccess access, params IEnumerable<AmlFieldUnit> units) =>
        Packaged([0x5B, 0x81], [.. AmlName.Encode(region), (byte)access, .. units.SelectMany(unit => unit.Encoding)]);

    /// <summary>Statements for when a number is not 0.</summary>
    public static AmlTerm If(AmlTerm predicate, params IEnumerable<AmlTerm> statements)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Packaged([0xA0], AmlTerm.Join([predicate, .. statements]));
    }

    /// <summary>Statements for when the <see cref="If"/> right before it was not taken.</summary>
    public static AmlTerm Else(params IEnumerable<AmlTerm> statements) => Packaged([0xA1], AmlTerm.Join(statements));

    /// <summary>Writes a value to a variable, a name or a field unit.</summary>
    public static AmlTerm Store(AmlTerm value, AmlTerm target) => Concatenate([0x70], value, target);

    /// <summary>The sum, also written to <paramref name="target"/>; wraps at 64 bits.</summary>
    public static AmlTerm Add(AmlTerm left, AmlTerm right, AmlTerm target) => Concatenate([0x72], left, right, target);

    /// <summary>The left number with its bits moved up, also written to <paramref name="target"/>.</summary>
    public static AmlTerm ShiftLeft(AmlTerm value, AmlTerm count, AmlTerm target) => Concatenate([0x79], value, count, target);

    /// <summary>Names 8 bytes of a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="name">The name.</param>
    public static AmlTerm CreateQWordField(AmlTerm buffer, int offset, string name) => Concatenate([0x8F], buffer, Number((ulong)offset), Path(name));

    /// <summary>Calls a method with one argument.</summary>
    /// <param name="path">The method.</param>
    /// <param name="argument">The argument.</param>
    public static AmlTerm Call(string path, AmlTerm argument) => Concatenate(AmlName.Encode(path), argument);

    /// <summary>Whether a number is 0.</summary>
    public static AmlTerm LNot(AmlTerm value) => Concatenate([0x92], value);

    /// <summary>Whether two numbers are the same.</summary>
    public static AmlTerm LEqual(AmlTerm left, AmlTerm right) => Concatenate([0x93], left, right);

    /// <summary>Whether the left number is larger.</summary>
    public static AmlTerm LGreater(AmlTerm left, AmlTerm right) => Concatenate([0x94], left, right);

    /// <summary>Whether the left number is smaller.</summary>
    public static AmlTerm LLess(AmlTerm left, AmlTerm right) => Concatenate([0x95], left, right);

    /// <summary>Ends the method with a value.</summary>
    public static AmlTerm Return(AmlTerm value) => Concatenate([0xA4], value);

    /// <summary>Tells the operating system that something happened to a device.</summary>
    public static AmlTerm Notify(AmlTerm device, AmlTerm value) => Concatenate([0x86], device, value);

    /// <summary>A buffer of resource descriptors with its end tag.</summary>
    public static AmlTerm ResourceTemplate(params IEnumerable<AmlResource> resources) => Buffer([.. resources.SelectMany(resource => resource.Encoding), 0x79, 0x00]);

    private static AmlTerm Concatenate(ReadOnlySpan<byte> opcode, params ReadOnlySpan<AmlTerm> operands)
    {
        List<byte> bytes = [.. opcode];
        foreach (AmlTerm operand in operands)
        {
            ArgumentNullException.ThrowIfNull(operand);
            bytes.AddRange(operand.Encoding.Span);
        }

        return new([.. bytes]);
    }

    private static AmlTerm Packaged(ReadOnlySpan<byte> opcode, ReadOnlySpan<byte> content) =>
        new([.. opcode, .. AmlPackageLength.EncodeWithItself(content.Length), .. content]);

    private static int InRange(int number, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, last);
        return number;
    }

    private static byte[] LittleEndian(ulong value, int bytes)
    {
        byte[] all = BitConverter.GetBytes(value);
        return all[..bytes];
    }
}
