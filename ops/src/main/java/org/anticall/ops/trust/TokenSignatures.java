package org.anticall.ops.trust;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets {@link java.security.Signature} sign with a {@link TokenKey}, as it does with any other key; nothing else is done here. */
final class TokenSignatures extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "AnticallToken";

    private TokenSignatures() {
        super(NAME, "1", "signs with keys that stay in their token");
        putService(
                new Provider.Service(
                        this,
                        "Signature",
                        TokenKey.ALGORITHM,
                        ByToken.class.getName(),
                        List.of(),
                        Map.of("SupportedKeyClasses", TokenKey.class.getName())) {
                    @Override
                    public Object newInstance(@Nullable Object nothing) {
                        return new ByToken();
                    }
                });
    }

    /** For this virtual machine, once; keys of other kinds go to their own providers as before. */
    static void install() {
        Security.addProvider(new TokenSignatures());
    }

    /** One signature. */
    private static final class ByToken extends SignatureSpi {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private @Nullable TokenKey key;

        @Override
        protected void engineInitSign(PrivateKey given) throws InvalidKeyException {
            if (!(given instanceof TokenKey token)) {
                throw new InvalidKeyException("no key of a token");
            }
            key = token;
            message.reset();
        }

        @Override
        protected void engineInitVerify(PublicKey given) throws InvalidKeyException {
            throw new InvalidKeyException("tokens only sign");
        }

        @Override
        protected void engineUpdate(byte octet) {
            message.write(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {
            message.write(octets, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            TokenKey signing = key;
            if (signing == null) {
                throw new SignatureException("no key was given");
            }
            return signing.sign(message.toByteArray());
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            throw new SignatureException("tokens only sign");
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String parameter, Object value) {
            throw new UnsupportedOperationException("there are no parameters");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String parameter) {
            throw new UnsupportedOperationException("there are no parameters");
        }
    }
}
