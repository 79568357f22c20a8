using System;
using System.Collections.Generic;
using System.Reflection.Metadata;
using WhiteMagic.KernelCompiler.Checking;
using WhiteMagic.KernelCompiler.Ir;

namespace WhiteMagic.KernelCompiler.Lowering;

/// <summary>Reads the signature that a calli names (ECMA-335, II.23.2.3).</summary>
internal sealed class SignatureBlob(MethodFrame frame)
{
    private byte[] _bytes = [];
    private int _at;

    internal IrSignature Read(int token)
    {
        _bytes = frame.Code.Method.Module.ResolveSignature(token);
        _at = 0;
        var header = new SignatureHeader((byte)Next());
        if (header.CallingConvention != SignatureCallingConvention.Default || header.IsInstance || header.IsGeneric)
        {
            throw new CompilationException(Rules.FunctionPointer, header.ToString());
        }

        int count = NextCompressed();
        IrType result = NextType();
        var parameters = new List<IrType>();
        for (int i = 0; i < count; i++)
        {
            parameters.Add(NextType());
        }

        return new IrSignature(result, parameters);
    }

    private IrType NextType()
    {
        var code = (SignatureTypeCode)Next();
        switch (code)
        {
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference:
                NextType();
                return IrType.Pointer;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                NextCompressed();
                return NextType();
            case SignatureTypeCode.FunctionPointer:
                SkipSignature();
                return IrType.Pointer;
            case SignatureTypeCode.GenericTypeParameter:
                return frame.Types.Of(frame.TypeArguments[NextCompressed()]);
            case SignatureTypeCode.GenericMethodParameter:
                return frame.Types.Of(frame.MethodArguments[NextCompressed()]);
            case (SignatureTypeCode)SignatureTypeKind.ValueType:
                return frame.Types.Of(frame.ResolveType(NextToken()));
            case SignatureTypeCode.GenericTypeInstance:
                return frame.Types.Of(NextInstance());
            default:
                return frame.Types.Of(Primitive(code));
        }
    }

    private Type NextInstance()
    {
        Next();
        Type definition = frame.ResolveType(NextToken());
        var arguments = new Type[NextCompressed()];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = NextArgument();
        }

        return definition.MakeGenericType(arguments);
    }

    private Type NextArgument()
    {
        var code = (SignatureTypeCode)Next();
        return code switch
        {
            SignatureTypeCode.GenericTypeParameter => frame.TypeArguments[NextCompressed()],
            SignatureTypeCode.GenericMethodParameter => frame.MethodArguments[NextCompressed()],
            (SignatureTypeCode)SignatureTypeKind.ValueType => frame.ResolveType(NextToken()),
            SignatureTypeCode.GenericTypeInstance => NextInstance(),
            _ => Primitive(code),
        };
    }

    private void SkipSignature()
    {
        Next();
        int count = NextCompressed();
        for (int i = 0; i <= count; i++)
        {
            NextType();
        }
    }

    private static Type Primitive(SignatureTypeCode code) => code switch
    {
        SignatureTypeCode.Void => typeof(void),
        SignatureTypeCode.Boolean => typeof(bool),
        SignatureTypeCode.Char => typeof(char),
        SignatureTypeCode.SByte => typeof(sbyte),
        SignatureTypeCode.Byte => typeof(byte),
        SignatureTypeCode.Int16 => typeof(short),
        SignatureTypeCode.UInt16 => typeof(ushort),
        SignatureTypeCode.Int32 => typeof(int),
        SignatureTypeCode.UInt32 => typeof(uint),
        SignatureTypeCode.Int64 => typeof(long),
        SignatureTypeCode.UInt64 => typeof(ulong),
        SignatureTypeCode.Single => typeof(float),
        SignatureTypeCode.Double => typeof(double),
        SignatureTypeCode.IntPtr => typeof(nint),
        SignatureTypeCode.UIntPtr => typeof(nuint),
        SignatureTypeCode.String => typeof(string),
        SignatureTypeCode.SZArray or SignatureTypeCode.Array => typeof(Array),
        SignatureTypeCode.TypedReference => typeof(TypedReference),
        _ => typeof(object),
    };

    // A token of the signature is a table in two bits and a row (II.23.2.8).
    private int NextToken()
    {
        int value = NextCompressed();
        int table = (value & 3) switch { 0 => 0x02, 1 => 0x01, _ => 0x1B };
        return (table << 24) | (value >> 2);
    }

    private int NextCompressed()
    {
        int first = Next();
        return (first & 0x80) == 0 ? first
            : (first & 0x40) == 0 ? ((first & 0x3F) << 8) | Next()
            : ((first & 0x1F) << 24) | (Next() << 16) | (Next() << 8) | Next();
    }

    private int Next() => _at < _bytes.Length ? _bytes[_at++] : throw MethodFrame.Invalid("a signature is cut off");
}
